/// The answers to refused requests: 401, 403 and 503, and 400 and 500 for mistakes, as problem details (RFC 9457).
///
/// Every 401 has equal body and fields, for every cause. Only `WWW-Authenticate` differs: it shows that the request had a credential, or
/// had none (RFC 6750 section 3.1).
public struct Refusals: Sendable, Hashable {
    /// The field with the reason why a credential was refused, such as `x-clerk-auth-reason`; `nil` if the reason is not sent.
    public let reasonField: HTTPField.Name?
    /// The time after which a sender may try again after a 503, unless the cause has another time.
    public let retryAfter: Duration

    /// Makes refusals without a reason field, whose senders may try again after five seconds.
    public init() {
        (reasonField, retryAfter) = (nil, .seconds(5))
    }

    /// Makes refusals.
    ///
    /// - Parameters:
    ///   - reasonField: The response field with the reason why a credential was refused; `nil` if the reason is not sent.
    ///   - retryAfter: The time after which senders may try again, in whole seconds, from a second to a day.
    /// - Throws: `SettingError` for a setting that is out of its range.
    public init(reasonField: HTTPField.Name? = nil, retryAfter: Duration = .seconds(5)) throws(SettingError) {
        try SettingError.require(retryAfter, in: .seconds(1) ... .seconds(86_400), "retryAfter")
        self.reasonField = reasonField
        self.retryAfter = retryAfter
    }

    /// Returns 401 for a request that needs a principal and has none.
    public func unauthenticated(_ request: AuthorizationRequest) -> Rejection {
        let challenge = request.hasCredential ? Self.invalidToken : "Bearer"
        let reason = Rejection.Reason(code: "unauthenticated", message: "the request has no principal")
        return rejection(of: request, .unauthenticated, reason, adding: [.wwwAuthenticate: challenge])
    }

    /// Returns 401 for a request whose credential is not accepted.
    public func invalidCredential(_ request: AuthorizationRequest, code: String, message: String) -> Rejection {
        var fields: HTTPFields = [.wwwAuthenticate: Self.invalidToken]
        if let reasonField { fields[reasonField] = code }
        let reason = Rejection.Reason(code: code, message: message)
        return rejection(of: request, .unauthenticated, reason, adding: fields)
    }

    /// Returns 403 for a request that does not meet the requirement, but 401 for a request without a principal.
    public func refused(_ request: AuthorizationRequest, _ message: String) -> Rejection {
        guard request.principal != nil else { return unauthenticated(request) }
        return rejection(of: request, .forbidden, Rejection.Reason(code: "forbidden", message: message))
    }

    /// Returns 403 for a request whose user has to verify again. Clerk's front end knows the body, and asks the user (`@clerk/shared`,
    /// authorization-errors.ts).
    public func steppingUp(
        _ request: AuthorizationRequest,
        to reverification: Reverification,
        _ message: String
    ) -> Rejection {
        let reason = Rejection.Reason(code: Self.steppingUpCode, message: message)
        return rejection(of: request, .forbidden, reason, body: reverification.clerkBody, type: "application/json")
    }

    /// The code of a refusal that asks for a reverification.
    static let steppingUpCode = "reverification-error"

    /// Returns 400 for a request whose path two parsers could read differently.
    public func badPath(_ request: AuthorizationRequest, _ error: RequestPathError) -> Rejection {
        rejection(of: request, .badRequest, Rejection.Reason(code: "ambiguous-path", message: error.description))
    }

    /// Returns 503 for a request about which no decision was possible.
    public func unavailable(
        _ request: AuthorizationRequest,
        _ reason: Rejection.Reason,
        retryAfter: Duration? = nil
    ) -> Rejection {
        let wait = max(.seconds(1), min(retryAfter ?? self.retryAfter, Self.longestWait)).components
        let seconds = wait.seconds + (wait.attoseconds > 0 ? 1 : 0)
        return rejection(of: request, .unavailable, reason, adding: [.retryAfter: String(seconds)])
    }

    /// Returns 400 for a request that asks for a change which is not possible, such as the assignment of a role that does not exist.
    public func badRequest(_ request: AuthorizationRequest, _ message: String) -> Rejection {
        rejection(of: request, .badRequest, Rejection.Reason(code: Problem.badRequest.rawValue, message: message))
    }

    /// Returns 500 for a request that the server cannot answer as the server is set up. Another attempt would fail as well.
    public func internalError(_ request: AuthorizationRequest, _ message: String) -> Rejection {
        rejection(of: request, .internalError, Rejection.Reason(code: Problem.internalError.rawValue, message: message))
    }

    /// The longest wait, more than a hundred years.
    private static let longestWait = Duration.seconds(1 << 32)
    private static let invalidToken = #"Bearer error="invalid_token""#

    private func rejection(
        of request: AuthorizationRequest,
        _ problem: Problem,
        _ reason: Rejection.Reason,
        body: [UInt8]? = nil,
        type: String = "application/problem+json",
        adding fields: HTTPFields = [:]
    ) -> Rejection {
        let body = body ?? problem.body(requestID: request.requestID)
        var response = HTTPResponse(
            status: problem.status,
            headerFields: [
                .contentType: type,
                .contentLength: String(body.count),
                .cacheControl: "no-store",
                .xRequestID: request.requestID,
            ]
        )
        response.headerFields.append(contentsOf: fields)
        return Rejection(
            response: response,
            body: request.method == .head ? [] : body,
            reason: reason,
            principal: request.principal
        )
    }
}

extension HTTPField.Name {
    /// The name of the field `X-Request-Id`, which has the id of the request.
    package static var xRequestID: HTTPField.Name { requestIDName }
}

// The unwrapping cannot fail: every byte of the literal is a token character (RFC 9110 section 5.6.2).
private let requestIDName = HTTPField.Name("X-Request-Id")!
