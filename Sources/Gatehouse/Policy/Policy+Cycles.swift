extension Policy {
    /// Each `inherits` entry that closes a cycle, found by a depth-first walk in the order of the policy.
    ///
    /// The walk keeps its own stack: a chain of 100,000 roles must not exhaust the thread's.
    func cycleFindings(_ index: RoleIndex) -> [Finding] {
        enum Mark { case unseen, open, done }
        var marks = Array(repeating: Mark.unseen, count: roles.count)
        var findings: [Finding] = []
        for start in roles.indices where marks[start] == .unseen {
            var walk = [(role: start, next: 0)]
            marks[start] = .open
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
                    marks[inherited] = .open
                    walk.append((inherited, 0))
                case .open:
                    let cycle = walk.map(\.role).drop { $0 != inherited } + [inherited]
                    findings.append(cycleFinding(Array(cycle), at: .inherited(role: role, next)))
                case .done: break
                }
            }
        }
        return findings
    }

    /// Names at most this many roles of a cycle, so that the message of a long one stays readable.
    private static let namedRoles = 16

    private func cycleFinding(_ cycle: [Int], at location: PolicyLocation) -> Finding {
        var names = cycle.map { roles[$0].name.printable }
        if names.count > Self.namedRoles {
            names.replaceSubrange((Self.namedRoles / 2)..<(names.count - Self.namedRoles / 2), with: ["…"])
        }
        return Finding(
            .inheritanceCycle,
            "inheritance runs in a cycle: \(names.joined(separator: " > "))",
            at: location
        )
    }
}
