/// The roles that are held or inherited, and the path to each.
struct Inheritance {
    private let walk: RoleWalk
    /// The position of each role in the walk.
    private let positions: [Int: Int]

    init(from held: [Int], _ roles: [CompiledRole]) {
        walk = RoleWalk(from: held, roles)
        positions = Dictionary(walk.reached.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    /// The roles reached, the held ones first, nearest first.
    var reached: [Int] { walk.reached }

    /// Returns true if the role is held or inherited.
    func contains(_ role: Int) -> Bool { positions[role] != nil }

    /// Returns the roles from the held one to this one, both included; empty where it is neither held nor inherited.
    func path(to role: Int, _ names: [String]) -> Decision.RolePath {
        Decision.RolePath(walk, names, to: positions[role])
    }
}
