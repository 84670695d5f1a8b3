/// The kinds of token that Clerk issues.
///
/// An instance signs JWTs of the first three kinds with one key. Session and machine tokens differ in the header's `cat` and in the
/// subject. OAuth access tokens differ in the header's `typ`. Opaque tokens differ in their prefixes (`@clerk/backend`, tokens/machine.ts
/// and tokens/jwtCategories.ts).
public enum ClerkTokenKind: String, Sendable, Hashable, CaseIterable {
    /// A token of a user's session, which lives for a minute; always a JWT.
    case session
    /// The token of a machine that calls another machine. Its subject is `mch_…`.
    case m2m
    /// An OAuth 2.0 access token.
    case oauth
    /// The key that a user or an organization made for its own programs. It is never a JWT.
    case apiKey

    /// The profile of a JWT of this kind; `nil` if there are no such JWTs.
    public var profile: TokenProfile? {
        switch self {
        case .session: .clerkSession
        case .m2m: .clerkM2M
        case .oauth: .clerkOAuth
        case .apiKey: nil
        }
    }

    /// The prefix of opaque tokens of this kind, in exactly these letters; `nil` if there are no such tokens.
    public var opaquePrefix: String? {
        switch self {
        case .session: nil
        case .m2m: "mt_"
        case .oauth: "oat_"
        case .apiKey: "ak_"
        }
    }

    /// The kind of the bearer's credential.
    var principalKind: Principal.TokenKind {
        switch self {
        case .session: .session
        case .m2m: .m2m
        case .oauth: .oauth
        case .apiKey: .apiKey
        }
    }
}
