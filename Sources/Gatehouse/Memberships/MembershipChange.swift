/// The outcome of a change of a ``MembershipStore``.
public struct MembershipChange: Sendable, Hashable {
    /// The effect of a change on a member.
    public enum Effect: Sendable {
        /// The member holds exactly the same roles as before.
        case none
        /// The member holds more than before, and lost nothing.
        case gained
        /// The member lost a role, or holds a role for a shorter time.
        case lost
        /// The effect is not known to the store. A removal then counts as a loss, and so does an assignment with times.
        case unknown
    }

    /// The effect of the change on the member.
    public var effect: Effect
    /// The source's state that contains the change; `nil` if the source does not count its states.
    public var revision: MembershipRevision?

    /// Makes an answer. A store that knows the effect should tell it: tokens of a member who lost nothing are then not refused.
    public init(_ effect: Effect = .unknown, revision: MembershipRevision? = nil) {
        self.effect = effect
        self.revision = revision
    }
}

extension RoleAssignment {
    /// Returns the effect on a member if this assignment replaces the member's assignment of the same role and resource. This function
    /// helps stores.
    ///
    /// - Parameter held: The assignment that the member holds; `nil` if the member does not hold the role for the resource.
    public func effect(replacing held: RoleAssignment?) -> MembershipChange.Effect {
        guard let held else { return .gained }
        if held.notBefore == notBefore, held.notAfter == notAfter { return .none }
        let beginsInTime = notBefore.map { begin in held.notBefore.map { begin <= $0 } ?? false } ?? true
        let lastsAsLong = notAfter.map { end in held.notAfter.map { end >= $0 } ?? false } ?? true
        return beginsInTime && lastsAsLong ? .gained : .lost
    }
}
