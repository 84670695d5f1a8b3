/// The result of a question about an opaque token.
enum OpaqueTokenVerdict: Sendable {
    /// The token is valid now.
    case good(OpaqueToken)
    /// The issuer knows no such token, or the token is not valid.
    case refused(TokenError)
    /// The verdict is unknown: there is no usable answer of the issuer.
    case unknown(OpaqueTokenError)
}

extension OpaqueTokenError {
    static let cancelled = OpaqueTokenError(.cancelled, "the request was cancelled")
    static let overdue = OpaqueTokenError(.timeout, "the issuer did not answer in time")
    static let unkeyed = OpaqueTokenError(.unexpected, "libcrypto gives no SHA-256")

    /// Returns the verdict without a call, since the largest number of calls is under way or was made lately.
    static func exhausted(_ cause: String, retryAfter: Duration) -> OpaqueTokenError {
        OpaqueTokenError(.callsExhausted, cause, retryAfter: retryAfter)
    }
}
