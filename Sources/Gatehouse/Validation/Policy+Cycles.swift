extension Policy {
    /// Returns a finding for each `inherits` entry that closes a cycle. A depth-first walk in the order of the policy finds the cycles.
    ///
    /// The walk keeps its own stack, since a chain of 100,000 roles must not exhaust the thread's stack.
    func cycleFindings(_ index: RoleIndex) -> [Finding] {
        /// The state of a role in the walk. An open role has its depth.
        enum Mark: Equatable { case unseen, open(depth: Int), done }
        var marks = Array(repeating: Mark.unseen, count: roles.count)
        var findings: [Finding] = []
        for start in roles.indices where marks[start] == .unseen {
            var walk = [(role: start, next: 0)]
            marks[start] = .open(depth: 0)
            while let (role, next) = walk.last {
                guard next < roles[role].inherits.count else {
                    marks[role] = .done
                    walk.removeLast()
                    continue
                }
                walk[walk.count - 1].next += 1
                guard let inherited = index[roles[role].inherits[next]] else { continue }
                switch marks[inherited] {
                case .unseen:
                    marks[inherited] = .open(depth: walk.count)
                    walk.append((inherited, 0))
                case .open(let depth):
                    findings.append(cycleFinding(walk[depth...], at: .inherited(role: role, next)))
                case .done: break
                }
            }
        }
        return findings
    }

    /// The number of roles that are named at the beginning of a long cycle, and at its end.
    private static let namedRoles = 8

    private func cycleFinding(_ cycle: ArraySlice<(role: Int, next: Int)>, at location: Finding.Location) -> Finding {
        let isLong = cycle.count > 2 * Self.namedRoles
        let named = isLong ? cycle.prefix(Self.namedRoles) + cycle.suffix(Self.namedRoles) : cycle
        var names = named.map { roles[$0.role].name.printable }
        if isLong { names.insert("…", at: Self.namedRoles) }
        names += names.prefix(1)
        return Finding(
            .inheritanceCycle,
            "inheritance runs in a cycle: \(names.joined(separator: " > "))",
            at: location
        )
    }
}
