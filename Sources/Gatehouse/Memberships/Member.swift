/// A user at an issuer, in an organization, who may hold roles. The parts are compared one by one, byte for byte.
public struct Member: Sendable, CustomStringConvertible {
    /// The user's id, unique at the issuer.
    public var user: String
    /// The organization's id; `nil` for the personal account. An absent organization differs from an organization with an empty id.
    public var organization: String?
    /// The issuer of the ids: the `iss` of tokens.
    public var issuer: String

    /// Names a member.
    public init(_ user: String, in organization: String?, issuer: String) {
        self.user = user
        self.organization = organization
        self.issuer = issuer
    }

    public var description: String {
        "\(user.printable)" + (organization.map { " in \($0.printable)" } ?? "")
            + (issuer.isEmpty ? "" : " of \(issuer.printable)")
    }
}

extension Member: Hashable {
    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.user.hasSameBytes(as: rhs.user) && lhs.issuer.hasSameBytes(as: rhs.issuer)
            && lhs.organization.map { ByteText($0) } == rhs.organization.map { ByteText($0) }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ByteText(user))
        hasher.combine(organization.map { ByteText($0) })
        hasher.combine(ByteText(issuer))
    }
}

extension Principal {
    /// Makes a record of a member of whom nothing else is known.
    public init(_ member: Member) {
        self.init(member.user, issuer: member.issuer, organization: member.organization.map { Organization($0) })
    }

    /// The principal as a member of the organization that its credential speaks for.
    public var member: Member { Member(id, in: organization?.id, issuer: issuer) }
}
