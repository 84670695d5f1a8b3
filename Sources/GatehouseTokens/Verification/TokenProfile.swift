/// The demands on a kind of token, in addition to those on every token.
public struct TokenProfile: Sendable, Hashable {
    /// The values of the header's `typ` that are accepted, compared without ASCII case (RFC 7519 section 5.1).
    public var types: [String]
    /// True if `typ` may be absent.
    public var allowsMissingType: Bool
    /// The member of the header that names the kind of token; `nil` if there is no such demand.
    public var category: Category?
    /// The demand on the claim `sub`.
    public var subject: SubjectRule
    /// The claims that must be strings if they are present, in addition to `iss` and `azp`.
    public var stringClaims: [String]

    /// Makes a profile.
    public init(
        types: [String],
        allowsMissingType: Bool,
        category: Category? = nil,
        subject: SubjectRule = .any,
        stringClaims: [String] = []
    ) {
        self.types = types
        self.allowsMissingType = allowsMissingType
        self.category = category
        self.subject = subject
        self.stringClaims = stringClaims
    }

    /// The profile of a plain JWT of any issuer: `typ` is absent or `JWT`.
    public static let jwt = TokenProfile(types: ["JWT"], allowsMissingType: true)

    /// The profile of a JWT access token (RFC 9068 section 2.1): `typ` is `at+jwt`.
    public static let accessToken = TokenProfile(types: ["at+jwt", "application/at+jwt"], allowsMissingType: false)

    /// A member of the header that distinguishes kinds of token. An absent member means nothing.
    public struct Category: Sendable, Hashable {
        /// The member's name.
        public var member: String
        /// The values for this kind. The answer to any other value is `token-type-mismatch`.
        public var accepted: [String]
        /// The values for which a token is `token-invalid`.
        public var invalid: [String]

        /// Makes a rule.
        public init(member: String, accepted: [String], invalid: [String] = []) {
            self.member = member
            self.accepted = accepted
            self.invalid = invalid
        }
    }

    /// The demand on a subject. The answer to any other subject is `token-type-mismatch`.
    public enum SubjectRule: Sendable, Hashable {
        /// Any subject.
        case any
        /// A subject that starts with this text.
        case prefixed(String)
        /// A subject that does not start with this text.
        case notPrefixed(String)
    }
}
