/// The finding of an ``Authenticator``. Codes and messages are for logs, and are not sent to the sender.
public enum Authentication: Sendable {
    /// The credential is valid, and belongs to this principal.
    case authenticated(Principal)
    /// There is no credential.
    case anonymous
    /// There is a credential, and it is not accepted: the answer is 401.
    case rejected(code: String, message: String)
    /// The credential could not be checked: the answer is 503. `retryAfter` is the time after which another attempt may succeed, if known.
    case unavailable(code: String, message: String, retryAfter: Duration? = nil)
}

extension Authentication {
    /// Makes the finding for an error in verifying a token.
    public init(_ error: TokenError) {
        self =
            error.isUnavailable
            ? .unavailable(code: error.code.rawValue, message: error.message, retryAfter: error.retryAfter)
            : .rejected(code: error.code.rawValue, message: error.message)
    }

    /// Makes the finding for a principal whose token was verified, now or before. Something may have been revoked since.
    ///
    /// - Parameters:
    ///   - principal: The principal of the token.
    ///   - issuedAt: The time at which the token was issued.
    ///   - marks: The marks of tokens that are no longer accepted; `nil` if all tokens are accepted.
    public init(_ principal: Principal, issuedAt: Timestamp?, judgedBy marks: RevocationMarks?) {
        guard let marks, !marks.accepts(principal, issuedAt: issuedAt) else {
            self = .authenticated(principal)
            return
        }
        self = .rejected(
            code: TokenError.Code.revoked.rawValue,
            message:
                "something was taken away after the token was issued, or the token is older than any that is accepted"
        )
    }

    /// The credential was given to an OAuth client whose credentials are not accepted.
    package static var otherClient: Authentication {
        .rejected(
            code: TokenError.Code.verificationFailed.rawValue,
            message: "the credential's \"client_id\" is not that of an accepted client"
        )
    }

    /// The `Authorization` field is not one bearer token.
    public static var malformedCredential: Authentication {
        .rejected(code: TokenError.Code.invalid.rawValue, message: "there is not exactly one well-formed bearer token")
    }
}
