/// A breadth-first walk from a principal's roles along `inherits`, with the roles that are reached and the origin of each.
///
/// Breadth first gives each role its shortest path. Of several shortest paths, the walk takes the path from the principal's first role, and
/// then the path that comes first in the order of `inherits`.
final class RoleWalk: Sendable {
    /// The reached roles, the nearest first. The walk begins with the principal's own roles.
    let reached: [Int]
    /// The origin of each reached role, by the positions in `reached`; `nil` for the principal's own roles.
    let origins: [Int?]

    init(reached: [Int], origins: [Int?]) {
        (self.reached, self.origins) = (reached, origins)
    }
}
