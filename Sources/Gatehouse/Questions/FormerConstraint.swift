/// A constraint of a policy that another policy replaces.
struct FormerConstraint {
    /// The roles that the constraint counts.
    let roles: Set<ByteText>
    /// The largest number of these roles together.
    let limit: Int
    /// True if the new policy forbids the same roles together, as far as each role still has the roles that it inherits.
    private let isKept: Bool

    init(_ constraint: Constraint, under policy: Policy) {
        let roles = Set(constraint.roles.map { ByteText($0) })
        self.roles = roles
        limit = constraint.limit
        isKept = policy.constraints.contains { other in
            // Of the roles that were too many together, so many are counted still.
            let uncounted = roles.subtracting(other.roles.map { ByteText($0) }).count
            return constraint.limit - uncounted >= other.limit
        }
    }

    /// Returns true if the new policy allows a role together with others that this constraint forbade.
    ///
    /// - Parameter dropped: The roles that the role no longer inherits, and the role itself if the new policy does not define the role.
    func frees(_ role: ByteText, dropping dropped: Set<ByteText>) -> Bool {
        isKept ? !roles.isDisjoint(with: dropped) : roles.contains(role)
    }
}
