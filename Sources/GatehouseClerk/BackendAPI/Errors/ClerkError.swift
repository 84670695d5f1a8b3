/// The reason why a request to Clerk's Backend API failed.
public struct ClerkError: Error, Sendable, Hashable {
    /// A kind of failure.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The request is not valid, and was not sent to Clerk.
        public static let invalidRequest = Code(rawValue: "invalid-request")
        /// The secret key is not accepted (401).
        public static let unauthorized = Code(rawValue: "unauthorized")
        /// The instance's plan lacks the feature (402).
        public static let paymentRequired = Code(rawValue: "payment-required")
        /// The feature is off, or the operation is not allowed (403).
        public static let forbidden = Code(rawValue: "forbidden")
        /// There is no such object (404).
        public static let notFound = Code(rawValue: "not-found")
        /// The object is in use, or there is such an object already (409).
        public static let conflict = Code(rawValue: "conflict")
        /// Clerk does not accept the content of the request (400, 422 and other refusals).
        public static let refused = Code(rawValue: "refused")
        /// The object is locked (423).
        public static let locked = Code(rawValue: "locked")
        /// Too many requests (429), or the client's own budget is used up.
        public static let rateLimited = Code(rawValue: "rate-limited")
        /// Clerk failed (5xx).
        public static let serverFailed = Code(rawValue: "server-failed")
        /// There is no connection, or the connection broke.
        public static let connectionFailed = Code(rawValue: "connection-failed")
        /// No complete answer came in time.
        public static let deadlineExceeded = Code(rawValue: "deadline-exceeded")
        /// The answer differs from Clerk's documents.
        public static let invalidAnswer = Code(rawValue: "invalid-answer")
        /// The calling task was cancelled.
        public static let cancelled = Code(rawValue: "cancelled")
    }

    /// An error in an answer, by Clerk's names.
    public struct Detail: Sendable, Hashable {
        /// The error's code at Clerk, such as `form_identifier_exists`.
        public var code: String
        /// The sentence about the error from Clerk.
        public var message: String
        /// The name of the member at fault, such as `slug`; `nil` if Clerk names none.
        public var parameter: String?
    }

    /// The kind of failure.
    public var code: Code
    /// A sentence for the operator, without secrets.
    public var message: String
    /// The operation's name at Clerk, such as `CreateOrganization`; `nil` if no operation was requested.
    public var operation: String?
    /// The status of the answer; `nil` if there was no answer.
    public var status: Int?
    /// The errors in Clerk's answer.
    public var details: [Detail]
    /// The id by which Clerk finds the request in its logs.
    public var traceID: String?
    /// The time after which to try again; `nil` if unknown.
    public var retryAfter: Duration?
    /// True if Clerk may have carried out the request although there was no successful answer. Check the result before you repeat the
    /// request.
    public var mayHaveHappened: Bool

    init(
        _ code: Code,
        _ message: String,
        operation: String? = nil,
        status: Int? = nil,
        details: [Detail] = [],
        traceID: String? = nil,
        retryAfter: Duration? = nil,
        mayHaveHappened: Bool = false
    ) {
        self.code = code
        self.message = message
        self.operation = operation
        self.status = status
        self.details = details
        self.traceID = traceID
        self.retryAfter = retryAfter
        self.mayHaveHappened = mayHaveHappened
    }

    /// Returns true if one of Clerk's errors has this code.
    public func has(_ code: String) -> Bool { details.contains { $0.code.hasSameBytes(as: code) } }

    static var cancelled: ClerkError { ClerkError(.cancelled, "the task was cancelled") }
}

extension ClerkError: CustomStringConvertible {
    /// The operation, the kind of failure, the message and Clerk's own errors, and the trace id.
    public var description: String {
        var text = operation.map { "\($0): " } ?? ""
        text += "\(code)"
        if let status { text += " (\(status))" }
        text += ": \(message)"
        for detail in details {
            text += "; \(detail.code.printable)"
            if let parameter = detail.parameter { text += " (\(parameter.printable))" }
            text += ": \(detail.message.printable(atMost: 256))"
        }
        if mayHaveHappened { text += "; Clerk may have done it all the same" }
        if let traceID { text += " [trace \(traceID.printable)]" }
        return text
    }
}
