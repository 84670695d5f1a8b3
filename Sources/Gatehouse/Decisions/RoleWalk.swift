/// A breadth-first walk from held roles along `inherits`: which roles are reached, and from which of them each was.
///
/// Breadth first gives each role its shortest path; among equally short ones that of the role held first, then the
/// one that comes first in the order of `inherits`.
final class RoleWalk: Sendable {
    /// The roles reached, the held ones first, nearest first.
    let reached: [Int]
    /// By the positions in `reached`; `nil` for held roles.
    let origins: [Int?]

    init(reached: [Int], origins: [Int?]) {
        (self.reached, self.origins) = (reached, origins)
    }
}
