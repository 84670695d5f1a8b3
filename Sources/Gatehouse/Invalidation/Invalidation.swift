/// A notice that remembered rights of some members are no longer true. A node tells its cache, its marks and the other nodes.
public struct Invalidation: Sendable, Hashable {
    /// The members that an invalidation is about.
    public enum Scope: Sendable {
        /// One member.
        case member(Member)
        /// A user in every organization.
        case user(issuer: String, user: String)
        /// Everybody in an organization; `nil` for all personal accounts.
        case organization(issuer: String, organization: String?)
        /// Everybody who was given a role.
        case role(String)
        /// One session. No memory belongs to a session alone, but tokens do.
        case session(issuer: String, session: String)
        /// Everybody.
        case everything
    }

    /// The members that this invalidation is about.
    public var scope: Scope
    /// The instant up to which issued tokens of the members are no longer accepted (401, so that the client renews its token); `nil` if
    /// tokens still hold and only memory is forgotten.
    ///
    /// For a role, the tokens are those that carry the role themselves. For everything, the tokens are all tokens.
    public var revokedAt: Timestamp?

    /// Makes an invalidation.
    public init(_ scope: Scope, revokedAt: Timestamp? = nil) {
        self.scope = scope
        self.revokedAt = revokedAt
    }
}

extension Invalidation.Scope: Hashable {
    private struct Parts: Hashable {
        let kind: Int
        /// The scope's names, in places that no other scope of the kind uses otherwise.
        let names: Member
    }

    private var parts: Parts {
        switch self {
        case .member(let member): Parts(kind: 0, names: member)
        case .user(let issuer, let user): Parts(kind: 1, names: Member(user, in: nil, issuer: issuer))
        case .organization(let issuer, let organization):
            Parts(kind: 2, names: Member("", in: organization, issuer: issuer))
        case .role(let role): Parts(kind: 3, names: Member(role, in: nil, issuer: ""))
        case .session(let issuer, let session): Parts(kind: 4, names: Member(session, in: nil, issuer: issuer))
        case .everything: Parts(kind: 5, names: Member("", in: nil, issuer: ""))
        }
    }

    public static func == (lhs: Self, rhs: Self) -> Bool { lhs.parts == rhs.parts }

    public func hash(into hasher: inout Hasher) { parts.hash(into: &hasher) }
}
