/// A role that somebody holds, perhaps only for one resource or for a time.
public struct RoleAssignment: Sendable, Hashable {
    /// The role's name. One that the policy does not define counts as held, and gives nothing.
    public var role: String
    /// The one resource for which it holds; `nil` for all, and for none.
    public var resource: ResourceID?
    /// When it begins to hold, that instant included.
    public var notBefore: Timestamp?
    /// When it ceases to hold, that instant included.
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

    /// True if it depends on the resource or the time, so that it is judged in each check.
    var isBounded: Bool { resource != nil || notBefore != nil || notAfter != nil }

    /// Returns true if it holds for a check on `resource` at `now`: `notBefore <= now < notAfter`.
    func holds(for resource: ResourceID?, at now: Timestamp) -> Bool {
        if let required = self.resource, required != resource { return false }
        return isInForce(at: now)
    }

    /// Returns true if it holds at `now`, whatever the resource: `notBefore <= now < notAfter`.
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
