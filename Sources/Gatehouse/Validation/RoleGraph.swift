/// The inheritance of a policy without cycles. Roles are numbered so that each comes after those that it inherits.
struct RoleGraph: Sendable {
    /// The number that stands for every principal; every role inherits it.
    static let everyone = 0

    /// The number of each role, by the role's position in the policy.
    let numbers: [Int]
    private let starts: [Int]
    /// The inherited roles by their numbers. Those of one role stand next to one another.
    let inherited: [Int]

    init(_ roles: [Role], _ index: RoleIndex) {
        let inherits = roles.map { $0.inherits.compactMap { index[$0] } }
        let order = Self.inheritedFirst(inherits)
        var numbers = Array(repeating: 0, count: roles.count)
        for (number, role) in order.enumerated() { numbers[role] = number + 1 }
        var starts = [0, 0]
        var inherited: [Int] = []
        for role in order {
            if inherits[role].isEmpty {
                inherited.append(Self.everyone)
            } else {
                inherited += inherits[role].map { numbers[$0] }
            }
            starts.append(inherited.count)
        }
        self.numbers = numbers
        self.starts = starts
        self.inherited = inherited
    }

    /// The number of roles, `everyone` included.
    var count: Int { starts.count - 1 }

    /// Returns the range in ``inherited`` of the roles that the role with this number inherits.
    @inline(__always)
    func entries(of number: Int) -> Range<Int> { starts[number]..<starts[number + 1] }

    /// Returns the indices of the roles, each after all roles that it inherits. The walk keeps its own stack, since a chain may be as long
    /// as the policy.
    ///
    /// - Parameter inherits: The indices of the roles that each role inherits.
    static func inheritedFirst(_ inherits: [[Int]]) -> [Int] {
        var order: [Int] = []
        var isSeen = Array(repeating: false, count: inherits.count)
        for start in inherits.indices where !isSeen[start] {
            var walk = [(role: start, next: 0)]
            isSeen[start] = true
            while let (role, next) = walk.last {
                guard next < inherits[role].count else {
                    order.append(role)
                    walk.removeLast()
                    continue
                }
                walk[walk.count - 1].next += 1
                let inherited = inherits[role][next]
                guard !isSeen[inherited] else { continue }
                isSeen[inherited] = true
                walk.append((inherited, 0))
            }
        }
        return order
    }
}
