/// Finds out who sent a request, from the credential that it carries.
public protocol Authenticator: Sendable {
    /// Who sent a request.
    func authenticate(_ request: AuthorizationRequest) async -> Authentication
}

/// What an ``Authenticator`` found. Codes and messages are for logs; the sender is told neither.
public enum Authentication: Sendable {
    /// The credential is good, and this is its bearer.
    case authenticated(Principal)
    /// There is no credential.
    case anonymous
    /// There is a credential, and it is not accepted: 401.
    case rejected(code: String, message: String)
    /// The credential could not be judged: 503. `retryAfter` says when that may be over, if known.
    case unavailable(code: String, message: String, retryAfter: Duration? = nil)
}

extension Authentication {
    /// What an error in verifying a token comes to.
    public init(_ error: TokenError) {
        self =
            error.isUnavailable
            ? .unavailable(code: error.code.rawValue, message: error.message)
            : .rejected(code: error.code.rawValue, message: error.message)
    }

    /// What a principal comes to whose token verified, now or before: some of what the token says may have been revoked since.
    ///
    /// - Parameters:
    ///   - issuedAt: When the token was issued.
    ///   - marks: Which tokens no longer say what they say; nil: all do.
    public init(_ principal: Principal, issuedAt: Timestamp?, judgedBy marks: RevocationMarks?) {
        guard let marks else {
            self = .authenticated(principal)
            return
        }
        self =
            marks.judge(principal, issuedAt: issuedAt).map { .authenticated($0) }
            ?? .rejected(
                code: "token-revoked",
                message: "the token was issued before something revoked it, or before any that is still accepted"
            )
    }

    /// The `Authorization` field is not one bearer token.
    public static var malformedCredential: Authentication {
        .rejected(code: TokenError.Code.invalid.rawValue, message: "there is not exactly one well-formed bearer token")
    }
}
