/// The reason for which a question could not be decided, or a change not be made or told to all nodes: neither yes nor no.
///
/// The answer to a client is 503. It is 400 for a change that the caller should not have asked for (``Code/unknownRole``,
/// ``Code/changeRefused``), and 500 for a mistake of the server (``Code/noIssuer``, ``Code/noStore``), since another attempt would fail as
/// well.
public struct AuthorizerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure that kept a check from being decided.
    public let code: Code
    /// The words of the source for logs: one line of at most 1,024 characters.
    public let detail: String
    /// The time after which a new attempt may succeed; `nil` if the time is not known.
    public let retryAfter: Duration?

    /// Makes an error, for example to test the answer of a server. A membership source may throw any error, and needs none of these.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - detail: The words of the source or the bus.
    ///   - retryAfter: The time after which a new attempt may succeed; `nil` if the time is not known.
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
        case .changeRefused: "the role was neither assigned nor removed: \(detail)"
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
        /// An invalidation overtook each load, or the callers that waited for the load gave it up.
        public static var overtaken: Self { Self(rawValue: "overtaken-by-invalidations") }
        /// The number of loads had reached the cache's ``PermissionCache/Configuration/maximumLoads``.
        public static var tooManyLoads: Self { Self(rawValue: "too-many-membership-loads") }
        /// The membership source has not reached the revision in the question, or counts no revisions.
        public static var behind: Self { Self(rawValue: "membership-source-behind") }
        /// The question was about ids, and the authorizer has no ``Authorizer/issuer`` to whom the ids belong.
        public static var noIssuer: Self { Self(rawValue: "no-issuer") }
        /// A role was to be assigned that the policy does not define.
        public static var unknownRole: Self { Self(rawValue: "unknown-role") }
        /// The change is not possible, whoever asks: the member has an empty id, or the store refuses the change
        /// (``MembershipSourceError/Code/refused``).
        public static var changeRefused: Self { Self(rawValue: "membership-change-refused") }
        /// There is no membership store to change.
        public static var noStore: Self { Self(rawValue: "no-membership-store") }
        /// The task that asked was cancelled.
        public static var cancelled: Self { Self(rawValue: "cancelled") }
        /// The change was made and this node knows of it, but the other nodes could not be told.
        public static var busFailed: Self { Self(rawValue: "invalidation-bus-failed") }
        /// An observer, such as the audit log, did not take the decision.
        public static var observerFailed: Self { Self(rawValue: "observer-failed") }
    }
}
