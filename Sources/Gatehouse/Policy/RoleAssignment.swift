/// A role that somebody holds, perhaps only for one resource or for a time.
public struct RoleAssignment: Sendable, Hashable {
    /// The role's name. One that the policy does not define counts as held, and gives nothing.
    public var role: String
    /// The one resource for which it holds; nil: for all, and for none.
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

    /// Whether it depends on the resource or the time, so that it is judged in each check.
    var isBounded: Bool { resource != nil || notBefore != nil || notAfter != nil }

    /// Whether it holds for a check on `resource` at `now`: `notBefore <= now < notAfter`.
    func holds(for resource: ResourceID?, at now: Timestamp) -> Bool {
        if let required = self.resource, required != resource { return false }
        return isInForce(at: now)
    }

    /// Whether it holds at `now`, whatever the resource: `notBefore <= now < notAfter`.
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

/// Which resource: a type of one segment and an id of any bytes, compared by bytes.
public struct ResourceID: Sendable, Hashable, CustomStringConvertible {
    /// The type, one segment of `A-Z a-z 0-9 _ - .`.
    public let type: String
    /// The id, any text but the empty one.
    public let id: String

    /// A resource from its parts; nil where the type is no segment or the id is empty.
    public init?(type: String, id: String) {
        guard Name.isSegment(type), !id.isEmpty else { return nil }
        self.type = type
        self.id = id
    }

    /// A resource from `type:id`, split at the first colon.
    public init?(_ text: String) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        self.init(type: String(text[..<colon]), id: String(text[text.utf8.index(after: colon)...]))
    }

    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.type.hasSameBytes(as: rhs.type) && lhs.id.hasSameBytes(as: rhs.id)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ByteText(type))
        hasher.combine(ByteText(id))
    }

    public var description: String { "\(type):\(id)" }
}
