/// A breadth-first walk from held roles along `inherits`: which roles are reached, and by which path.
///
/// Breadth first gives each role its shortest path; among equally short ones that of the role held first, then the
/// one that comes first in the order of `inherits`.
struct Inheritance {
    /// The roles reached, the held ones first, nearest first.
    let reached: [Int]
    /// From which role each was reached; absent for the held ones.
    private var parents: [Int: Int] = [:]
    private let members: Set<Int>

    init(from held: [Int], _ roles: [CompiledRole]) {
        var seen: Set<Int> = []
        var queue = held.filter { seen.insert($0).inserted }
        var next = 0
        while next < queue.count {
            let role = queue[next]
            next += 1
            for inherited in roles[role].inherits where seen.insert(inherited).inserted {
                parents[inherited] = role
                queue.append(inherited)
            }
        }
        reached = queue
        members = seen
    }

    /// Whether the role is held or inherited.
    func contains(_ role: Int) -> Bool { members.contains(role) }

    /// The roles from the held one to this one, both included.
    func path(to role: Int) -> [Int] {
        var path = [role]
        while let parent = path.last.flatMap({ parents[$0] }) { path.append(parent) }
        return path.reversed()
    }
}
