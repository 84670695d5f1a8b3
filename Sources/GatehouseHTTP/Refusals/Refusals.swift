/// The answers to refused requests: 401, 403 and 503 as problem details (RFC 9457).
///
/// Every 401 has the same body and fields, whatever its cause, but for `WWW-Authenticate`, which says whether the request
/// had a credential (RFC 6750 section 3.1).
public struct Refusals: Sendable, Hashable {
    /// The field that tells why a credential was refused, such as `x-clerk-auth-reason`; `nil` if nobody is told.
    public let reasonField: HTTPField.Name?
    /// The time after which a sender may try again after a 503, unless the cause has its own.
    public let retryAfter: Duration

    /// Makes refusals that tell no reason, and let senders try again after five seconds.
    public init() {
        (reasonField, retryAfter) = (nil, .seconds(5))
    }

    /// Makes refusals.
    ///
    /// - Parameters:
    ///   - reasonField: The response field that tells why a credential was refused; `nil` if nobody is told.
    ///   - retryAfter: From a second, in whole seconds, to a day.
    /// - Throws: `SettingError` for a setting that is out of its range.
    public init(reasonField: HTTPField.Name? = nil, retryAfter: Duration = .seconds(5)) throws(SettingError) {
        try SettingError.require(retryAfter, in: .seconds(1) ... .seconds(86_400), "retryAfter")
        self.reasonField = reasonField
        self.retryAfter = retryAfter
    }

    /// 401 to a request that asks for a principal and has none.
    public func unauthenticated(_ request: AuthorizationRequest) -> Rejection {
        let challenge = request.hasCredential ? Self.invalidToken : "Bearer"
        let reason = Rejection.Reason(code: "unauthenticated", message: "the request has no principal")
        return rejection(of: request, .unauthenticated, reason, adding: [.wwwAuthenticate: challenge])
    }

    /// 401 to a request whose credential is not accepted.
    public func invalidCredential(_ request: AuthorizationRequest, code: String, message: String) -> Rejection {
        var fields: HTTPFields = [.wwwAuthenticate: Self.invalidToken]
        if let reasonField { fields[reasonField] = code }
        let reason = Rejection.Reason(code: code, message: message)
        return rejection(of: request, .unauthenticated, reason, adding: fields)
    }

    /// 403 to a request without the right, but 401 where it has no principal to have one.
    public func refused(_ request: AuthorizationRequest, _ message: String) -> Rejection {
        guard request.principal != nil else { return unauthenticated(request) }
        return rejection(of: request, .forbidden, Rejection.Reason(code: "forbidden", message: message))
    }

    /// 403 to a request whose user has to prove once more who they are. Clerk's front end knows the body, and asks the user
    /// (`@clerk/shared`, authorization-errors.ts).
    public func steppingUp(
        _ request: AuthorizationRequest,
        to reverification: Reverification,
        _ message: String
    ) -> Rejection {
        let reason = Rejection.Reason(code: Self.steppingUpCode, message: message)
        return rejection(of: request, .forbidden, reason, body: reverification.clerkBody, type: "application/json")
    }

    /// The reason's code of a refusal that asks for a step up.
    static let steppingUpCode = "reverification-error"

    /// 400 to a request whose path two parsers could read differently.
    public func badPath(_ request: AuthorizationRequest, _ error: RequestPathError) -> Rejection {
        rejection(of: request, .badRequest, Rejection.Reason(code: "ambiguous-path", message: error.description))
    }

    /// 503 to a request that could not be decided.
    public func unavailable(
        _ request: AuthorizationRequest,
        _ reason: Rejection.Reason,
        retryAfter: Duration? = nil
    ) -> Rejection {
        let wait = max(.seconds(1), min(retryAfter ?? self.retryAfter, Self.longestWait)).components
        let seconds = wait.seconds + (wait.attoseconds > 0 ? 1 : 0)
        return rejection(of: request, .unavailable, reason, adding: [.retryAfter: String(seconds)])
    }

    /// A hundred years and more.
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
        return Rejection(response: response, body: request.method == .head ? [] : body, reason: reason)
    }
}

extension HTTPField.Name {
    /// `X-Request-Id`: what the request is called.
    package static var xRequestID: HTTPField.Name { requestIDName }
}

// Proof that the unwrapping cannot fail: every byte of the literal is a token character (RFC 9110 section 5.6.2).
private let requestIDName = HTTPField.Name("X-Request-Id")!
