/// What a source says of a member.
public struct Membership: Sendable, Hashable {
    /// The roles that the member holds; none: it is no member.
    public var roles: [RoleAssignment]
    /// Which state of the source says so; nil where the source does not count its states.
    public var revision: MembershipRevision?

    /// Makes an answer.
    public init(roles: [RoleAssignment], revision: MembershipRevision? = nil) {
        self.roles = roles
        self.revision = revision
    }
}

/// A state of a membership source: whoever sees one also sees what every lower one had.
public struct MembershipRevision: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The state's place in the order of states.
    public let number: UInt64

    /// Makes a revision.
    public init(_ number: UInt64) {
        self.number = number
    }

    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.number < rhs.number }

    public var description: String { "revision \(number)" }
}

extension Membership: ExpressibleByArrayLiteral {
    public init(arrayLiteral roles: RoleAssignment...) { self.init(roles: roles) }
}
