/// What one kind of token must look like, beside what holds for every token.
public struct TokenProfile: Sendable, Hashable {
    /// The values of the header's `typ` that are accepted, compared without ASCII case (RFC 7519 section 5.1).
    public var types: [String]
    /// Whether `typ` may be absent.
    public var allowsMissingType: Bool
    /// What a member of the header says about the kind of token.
    public var category: Category?
    /// What the claim `sub` must look like.
    public var subject: SubjectRule
    /// Claims that must be strings where they are present, beside `iss` and `azp`.
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

    /// A plain JWT of any issuer: `typ` absent or `JWT`.
    public static let jwt = TokenProfile(types: ["JWT"], allowsMissingType: true)

    /// A JWT access token (RFC 9068 section 2.1): `typ` is `at+jwt`.
    public static let accessToken = TokenProfile(types: ["at+jwt", "application/at+jwt"], allowsMissingType: false)

    /// A member of the header that tells kinds of token apart. Where it is absent, it says nothing.
    public struct Category: Sendable, Hashable {
        /// The member's name.
        public var member: String
        /// The values of this kind. Any other is `token-type-mismatch`.
        public var accepted: [String]
        /// The values that make a token `token-invalid`.
        public var invalid: [String]

        /// Makes a rule.
        public init(member: String, accepted: [String], invalid: [String] = []) {
            self.member = member
            self.accepted = accepted
            self.invalid = invalid
        }
    }

    /// What a subject must look like; another is `token-type-mismatch`.
    public enum SubjectRule: Sendable, Hashable {
        /// Any.
        case any
        /// It starts with this text.
        case prefixed(String)
        /// It does not start with this text.
        case notPrefixed(String)
    }
}
