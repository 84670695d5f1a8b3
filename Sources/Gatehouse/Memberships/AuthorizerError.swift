/// Why a question could not be decided, or a change not be made or told to all: neither yes nor no, and 503 to a client.
public struct AuthorizerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure that kept a check from being decided.
    public let code: Code
    /// The source's words, for logs: one line, cut at 1,024 characters.
    public let detail: String
    /// When it may be over, if that is known.
    public let retryAfter: Duration?

    /// Makes an error, such as for a test of what a server does with it. A source that fails may throw any error, and needs none of these.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - detail: The source's words, or the bus's.
    ///   - retryAfter: When it may be over; `nil` if nobody knows.
    public init(_ code: Code, _ detail: String = "", retryAfter: Duration? = nil) {
        self.code = code
        self.detail = detail.inOneLine()
        self.retryAfter = retryAfter
    }

    /// Makes the error that an error of a source or store becomes.
    init(_ error: any Error) {
        self.init(.sourceFailed, "\(error)", retryAfter: (error as? MembershipSourceError)?.retryAfter)
    }

    /// Makes the error of a check whose decision an observer did not take.
    init(observer error: any Error) {
        self.init(.observerFailed, "\(error)", retryAfter: .seconds(1))
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
        case .observerFailed: "the decision could not be kept, and so is not given: \(detail)"
        default: "it could not be decided: \(code)" + (detail.isEmpty ? "" : ": \(detail)")
        }
    }
}

extension AuthorizerError {
    /// The kind of failure that kept a check from being decided.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The membership source failed.
        public static var sourceFailed: Self { Self(rawValue: "membership-source-failed") }
        /// Each load was overtaken by an invalidation, or given up by those who waited.
        public static var overtaken: Self { Self(rawValue: "overtaken-by-invalidations") }
        /// As many loads were under way as the cache's ``PermissionCache/Configuration/maximumLoads``.
        public static var tooManyLoads: Self { Self(rawValue: "too-many-membership-loads") }
        /// The membership source has not reached the revision that was asked for, or counts none.
        public static var behind: Self { Self(rawValue: "membership-source-behind") }
        /// Ids were asked about, and the authorizer was told no ``Authorizer/issuer`` to whom they belong.
        public static var noIssuer: Self { Self(rawValue: "no-issuer") }
        /// A role was to be assigned that the policy does not define.
        public static var unknownRole: Self { Self(rawValue: "unknown-role") }
        /// There is no membership store to change.
        public static var noStore: Self { Self(rawValue: "no-membership-store") }
        /// The task that asked was cancelled.
        public static var cancelled: Self { Self(rawValue: "cancelled") }
        /// The change was made and this node knows; the other nodes could not be told.
        public static var busFailed: Self { Self(rawValue: "invalidation-bus-failed") }
        /// An observer, such as the audit log, did not take the decision.
        public static var observerFailed: Self { Self(rawValue: "observer-failed") }
    }
}
