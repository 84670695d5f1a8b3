/// Why a question could not be decided, or a change not be made or told to all: neither yes nor no, and 503 to a client.
public struct AuthorizerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kept it from being decided.
    public enum Code: String, Sendable {
        /// The membership source failed.
        case sourceFailed = "membership-source-failed"
        /// Each load was overtaken by an invalidation, or given up by those who waited.
        case overtaken = "overtaken-by-invalidations"
        /// As many loads were under way as the cache's ``PermissionCache/Configuration/maximumLoads``.
        case tooManyLoads = "too-many-membership-loads"
        /// The membership source has not reached the revision that was asked for, or counts none.
        case behind = "membership-source-behind"
        /// Ids were asked about, and the authorizer was told no ``Authorizer/issuer`` to whom they belong.
        case noIssuer = "no-issuer"
        /// A role was to be assigned that the policy does not define.
        case unknownRole = "unknown-role"
        /// There is no membership store to change.
        case noStore = "no-membership-store"
        /// The task that asked was cancelled.
        case cancelled
        /// The change was made and this node knows; the other nodes could not be told.
        case busFailed = "invalidation-bus-failed"
    }

    /// What kept it from being decided.
    public let code: Code
    /// The source's words, for logs: one line, cut at 1,024 characters.
    public let detail: String
    /// When it may be over, if that is known.
    public let retryAfter: Duration?

    init(_ code: Code, _ detail: String = "", retryAfter: Duration? = nil) {
        self.code = code
        self.detail = detail.inOneLine()
        self.retryAfter = retryAfter
    }

    /// What an error of a source or store comes to.
    init(_ error: any Error) {
        self.init(.sourceFailed, "\(error)", retryAfter: (error as? MembershipSourceError)?.retryAfter)
    }

    public var description: String {
        switch code {
        case .sourceFailed: "the roles could not be loaded or changed: \(detail)"
        case .overtaken:
            "the roles could not be loaded: each load was overtaken by an invalidation, or given up"
        case .tooManyLoads: "the roles could not be loaded: as many are being loaded as may be at a time"
        case .behind: "the membership source has not reached the revision that was asked for, or counts none"
        case .noIssuer:
            "the authorizer was told no issuer, and so does not know whose ids these are: give it its “issuer”, which is “” where "
                + "principals have none"
        case .unknownRole: "the role was not assigned: \(detail)"
        case .noStore: "the authorizer has no membership store to change"
        case .cancelled: "the caller was cancelled"
        case .busFailed: "the other nodes could not be told: \(detail)"
        }
    }
}
