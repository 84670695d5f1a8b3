extension Principal {
    /// The organization that a credential speaks for.
    public struct Organization: Sendable, Hashable, ExpressibleByStringLiteral {
        /// The id, compared by bytes; never empty.
        public var id: String
        /// The name in URLs.
        public var slug: String?

        /// Makes an organization.
        public init(_ id: String, slug: String? = nil) {
            self.id = id
            self.slug = slug
        }

        public init(stringLiteral id: String) { self.init(id) }

        public static func == (lhs: Self, rhs: Self) -> Bool {
            ByteText(lhs.id) == ByteText(rhs.id) && lhs.slug.map { ByteText($0) } == rhs.slug.map { ByteText($0) }
        }

        public func hash(into hasher: inout Hasher) { hasher.combine(ByteText(id)) }
    }

    /// The age of each factor's proof in minutes; `nil` if the factor was never proved, or there is no such factor.
    public struct FactorAges: Sendable, Hashable {
        /// The minutes since the proof of the first factor.
        public var first: Int?
        /// The minutes since the proof of the second factor.
        public var second: Int?

        /// Makes ages in minutes.
        public init(first: Int?, second: Int?) {
            self.first = first
            self.second = second
        }
    }

    /// A kind of credential.
    public enum TokenKind: String, Sendable, Codable, CaseIterable {
        /// A session of a user in a browser or app.
        case session
        /// A token by which one machine speaks to another.
        case m2m
        /// An OAuth 2.0 access token (RFC 9068).
        case oauth
        /// A key that a user or an organization made for its own programs.
        case apiKey
        /// A JWT of an issuer that says nothing more.
        case jwt
    }

    /// The session behind a session token.
    public struct Session: Sendable, Hashable {
        /// The session's id.
        public var id: String?
        /// The status of the session, such as `active` or `pending`; `nil` if the token does not say.
        public var status: String?

        /// Makes a session.
        public init(id: String?, status: String?) {
            self.id = id
            self.status = status
        }

        /// True if the user still has a task to do before being signed in, such as choosing an organization.
        public var isPending: Bool { status?.hasSameBytes(as: "pending") == true }
    }
}
