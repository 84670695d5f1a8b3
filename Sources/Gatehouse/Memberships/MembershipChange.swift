/// The outcome of a change of a ``MembershipStore``.
public struct MembershipChange: Sendable, Hashable {
    /// The effect of a change on a member.
    public enum Effect: Sendable {
        /// The member holds exactly what it held before.
        case none
        /// The member holds more than before, and still all that it held.
        case gained
        /// The member lost a role, or holds a role for a shorter time.
        case lost
        /// The store cannot tell. A removal then counts as a loss, and an assignment as a loss where it has times.
        case unknown
    }

    /// The effect of the change on the member.
    public var effect: Effect
    /// The state from which on the source says so; `nil` if the source does not count its states.
    public var revision: MembershipRevision?

    /// Makes an answer. A store that knows the effect says so: tokens of a member who lost nothing are not refused.
    public init(_ effect: Effect = .unknown, revision: MembershipRevision? = nil) {
        self.effect = effect
        self.revision = revision
    }
}

extension RoleAssignment {
    /// Returns the effect on a member of being assigned this in the place of what it holds of the same role and resource: for stores.
    ///
    /// - Parameter held: The assignment that the member holds; `nil` if it does not hold the role for the resource.
    public func effect(replacing held: RoleAssignment?) -> MembershipChange.Effect {
        guard let held else { return .gained }
        if held.notBefore == notBefore, held.notAfter == notAfter { return .none }
        let beginsInTime = notBefore.map { begin in held.notBefore.map { begin <= $0 } ?? false } ?? true
        let lastsAsLong = notAfter.map { end in held.notAfter.map { end >= $0 } ?? false } ?? true
        return beginsInTime && lastsAsLong ? .gained : .lost
    }
}
