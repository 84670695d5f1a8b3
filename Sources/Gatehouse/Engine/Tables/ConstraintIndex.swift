/// The constraints by the roles that they name.
struct ConstraintIndex: Sendable {
    /// The positions of the constraints in the policy, by the ids of their roles.
    private let byRole: [[Int]]
    private let limits: [Int]

    init(_ constraints: [Constraint], _ roles: NameTable) {
        limits = constraints.map(\.limit)
        var byRole: [[Int]] = Array(repeating: [], count: constraints.isEmpty ? 0 : roles.count)
        for (position, constraint) in constraints.enumerated() {
            for role in Set(constraint.roles.compactMap { roles.id(of: $0) }) { byRole[role].append(position) }
        }
        self.byRole = byRole
    }

    var isEmpty: Bool { limits.isEmpty }

    /// Returns the number of constraints that name the role.
    func count(naming role: Int) -> Int { isEmpty ? 0 : byRole[role].count }

    /// Returns the constraints that forbid all of these roles together, in the order of the policy. Each role is given once.
    func violated(by roles: [Int]) -> [Int] {
        guard !isEmpty else { return [] }
        var counts: [Int: Int] = [:]
        for role in roles {
            for constraint in byRole[role] { counts[constraint, default: 0] += 1 }
        }
        return counts.filter { $1 > limits[$0] }.keys.sorted()
    }
}
