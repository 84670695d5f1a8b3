/// Something that is no longer to be believed: a node tells its cache, its marks and the other nodes.
public struct Invalidation: Sendable, Hashable {
    /// The members that it is about.
    public enum Scope: Sendable {
        /// One member.
        case member(Member)
        /// A user in every organization.
        case user(issuer: String, user: String)
        /// Everybody in an organization; `nil` for all personal accounts.
        case organization(issuer: String, organization: String?)
        /// Everybody who was given a role.
        case role(String)
        /// One session. Nothing that is remembered belongs to it; tokens do.
        case session(issuer: String, session: String)
        /// Everybody.
        case everything
    }

    /// The members that it is about.
    public var scope: Scope
    /// Tokens of those in the scope that were issued then or before are no longer accepted (401, so that the client renews them);
    /// `nil` if tokens still hold, and only memory is forgotten.
    ///
    /// Of a role, the tokens are those that carry the role themselves. Of everything, all tokens.
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
        /// Its names in places that no other of the kind uses otherwise.
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
