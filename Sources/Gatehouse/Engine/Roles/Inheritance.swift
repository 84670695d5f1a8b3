/// The roles of a principal, including inherited roles, and the path to each.
struct Inheritance {
    private let walk: RoleWalk
    /// The position of each role in the walk.
    private let positions: [Int: Int]

    init(from held: [Int], _ roles: [CompiledRole]) {
        walk = RoleWalk(from: held, roles)
        positions = Dictionary(walk.reached.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    /// The reached roles, the nearest first.
    var reached: [Int] { walk.reached }

    /// Returns true if the principal has or inherits the role.
    func contains(_ role: Int) -> Bool { positions[role] != nil }

    /// Returns the path from a role of the principal to this role, including both; empty if the principal neither has nor inherits the
    /// role.
    func path(to role: Int, _ names: [String]) -> Decision.RolePath {
        Decision.RolePath(walk, names, to: positions[role])
    }
}
