/// The reason why a request may not go on. If a handler throws this error, the host answers as a guard would: 401, 403, or 503 with
/// `Retry-After`.
///
/// A handler that decides by itself throws a plain 403. The message is for the log, and the sender does not learn the message:
///
/// ```swift
/// guard document.isPublished else { throw AccessError(.forbidden, "the document is a draft") }
/// ```
public struct AccessError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The answer to the sender.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text. A code other than those below is answered like ``forbidden``.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public var description: String { rawValue }

        /// There is no principal: 401.
        public static var unauthenticated: Self { Self(rawValue: "unauthenticated") }
        /// The principal does not meet the requirement: 403, but 401 without a principal.
        public static var forbidden: Self { Self(rawValue: "forbidden") }
        /// No decision was possible: 503.
        public static var unavailable: Self { Self(rawValue: "unavailable") }
        /// The request asks for a change that is not possible, such as the assignment of a role that does not exist: 400.
        public static var badRequest: Self { Self(rawValue: "bad-request") }
        /// The server cannot answer as the server is set up, such as without a membership store: 500, without `Retry-After`.
        public static var internalError: Self { Self(rawValue: "internal-error") }
    }

    /// The answer to the sender.
    public let code: Code
    /// The reason, for logs: one line, cut at 1,024 characters. The reason is not sent to the sender.
    public let message: String
    /// The time after which another attempt may succeed, for ``Code/unavailable``; `nil` if unknown.
    public let retryAfter: Duration?
    /// The reverification that the user needs, for ``Code/forbidden`` if nothing else is missing; otherwise `nil`.
    public let reverification: Reverification?

    /// Makes an error.
    public init(
        _ code: Code,
        _ message: String,
        retryAfter: Duration? = nil,
        reverification: Reverification? = nil
    ) {
        self.code = code
        self.message = message.inOneLine()
        self.retryAfter = retryAfter
        self.reverification = reverification
    }

    /// There is no principal.
    public static var unauthenticated: AccessError {
        AccessError(.unauthenticated, "the request has no principal")
    }

    public var description: String { "\(code): \(message)" }
}

extension AccessError {
    /// Makes the error for the outcome of a requirement; `nil` if the requirement is met.
    public init?(_ outcome: Requirement.Outcome) {
        switch outcome {
        case .allowed: return nil
        case .refused(let message, let reverification):
            self.init(.forbidden, message, reverification: reverification)
        case .unauthenticated: self = .unauthenticated
        case .unavailable(let message, let retryAfter): self.init(.unavailable, message, retryAfter: retryAfter)
        }
    }

    /// Makes the error for an error of an authorizer: ``Code/badRequest`` for a mistake of the caller, ``Code/internalError`` for a mistake
    /// of the server, and otherwise ``Code/unavailable``.
    public init(_ error: AuthorizerError) {
        switch error.code {
        case .unknownRole, .changeRefused: self.init(.badRequest, error.description)
        case .noIssuer, .noStore: self.init(.internalError, error.description)
        default: self.init(.unavailable, error.description, retryAfter: error.retryAfter)
        }
    }
}

extension Refusals {
    /// Returns the answer to a request that fails with an error.
    public func rejection(of request: AuthorizationRequest, for error: AccessError) -> Rejection {
        switch error.code {
        case .unauthenticated: unauthenticated(request)
        case .unavailable:
            unavailable(
                request,
                Rejection.Reason(code: "undecided", message: error.message),
                retryAfter: error.retryAfter
            )
        case .badRequest: badRequest(request, error.message)
        case .internalError: internalError(request, error.message)
        default:
            if let reverification = error.reverification, request.principal != nil {
                steppingUp(request, to: reverification, error.message)
            } else {
                refused(request, error.message)
            }
        }
    }
}
