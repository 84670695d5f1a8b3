/// A role that somebody holds, perhaps only for one resource or for a time.
public struct RoleAssignment: Sendable, Hashable {
    /// The role's name. A role that the policy does not define counts as held, and gives nothing.
    public var role: String
    /// The one resource for which the role is held; `nil` if the role is held for every resource and without one.
    public var resource: ResourceID?
    /// The instant from which the role is held; `nil` if there is no such bound.
    public var notBefore: Timestamp?
    /// The instant from which the role is no longer held; `nil` if there is no such bound.
    public var notAfter: Timestamp?

    /// Makes an assignment of a role.
    public init(
        _ role: String,
        on resource: ResourceID? = nil,
        notBefore: Timestamp? = nil,
        notAfter: Timestamp? = nil
    ) {
        self.role = role
        self.resource = resource
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// True if the assignment depends on the resource or the time, so that each check has to judge it.
    var isBounded: Bool { resource != nil || notBefore != nil || notAfter != nil }

    /// Returns true if the assignment holds for a check on `resource` at `now`: `notBefore <= now < notAfter`.
    func holds(for resource: ResourceID?, at now: Timestamp) -> Bool {
        if let required = self.resource, required != resource { return false }
        return isInForce(at: now)
    }

    /// Returns true if the assignment holds at `now`, whatever the resource: `notBefore <= now < notAfter`.
    func isInForce(at now: Timestamp) -> Bool {
        if let notBefore, now < notBefore { return false }
        if let notAfter, now >= notAfter { return false }
        return true
    }
}

extension RoleAssignment {
    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.role.hasSameBytes(as: rhs.role) && lhs.resource == rhs.resource && lhs.notBefore == rhs.notBefore
            && lhs.notAfter == rhs.notAfter
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ByteText(role))
        hasher.combine(resource)
        hasher.combine(notBefore)
        hasher.combine(notAfter)
    }
}

extension RoleAssignment: ExpressibleByStringLiteral {
    public init(stringLiteral role: String) { self.init(role) }
}
