/// A breadth-first walk from held roles along `inherits`: which roles are reached, and by which path.
///
/// Breadth first gives each role its shortest path; among equally short ones that of the role held first, then the
/// one that comes first in the order of `inherits`.
struct Inheritance {
    private let walk: RoleWalk
    /// Where each role stands in the walk.
    private let places: [Int: Int]

    init(from held: [Int], _ roles: [CompiledRole]) {
        var places: [Int: Int] = [:]
        var queue: [Int] = []
        var origins: [Int?] = []
        for role in held where places[role] == nil {
            places[role] = queue.count
            queue.append(role)
            origins.append(nil)
        }
        var next = 0
        while next < queue.count {
            for inherited in roles[queue[next]].inherits where places[inherited] == nil {
                places[inherited] = queue.count
                queue.append(inherited)
                origins.append(next)
            }
            next += 1
        }
        walk = RoleWalk(reached: queue, origins: origins)
        self.places = places
    }

    /// The roles reached, the held ones first, nearest first.
    var reached: [Int] { walk.reached }

    /// Whether the role is held or inherited.
    func contains(_ role: Int) -> Bool { places[role] != nil }

    /// The roles from the held one to this one, both included; empty where it is neither held nor inherited.
    func path(to role: Int, _ names: [String]) -> RolePath { RolePath(walk, names, to: places[role]) }
}
