import GatehouseBase

/// The reason why a token was not accepted.
///
/// A sender learns only that the token was refused. This error is for the operator.
public struct TokenError: Error, Sendable, Hashable {
    /// The reason, by Clerk's names.
    public let code: Code
    /// The fault, without any text of the token.
    private let text: String
    /// A name from the token or from the configuration, unchanged; `nil` if there is none.
    private let quoted: String?
    /// The time after which verification may be possible again, for ``isUnavailable``; `nil` if unknown.
    public private(set) var retryAfter: Duration?

    /// Makes an error, such as the error of your own ``KeySource``: `TokenError(.remoteKeysFailedToLoad, "the vault is sealed")`.
    ///
    /// - Parameters:
    ///   - code: The kind of error.
    ///   - text: The fault, as a clause for the operator. The clause must contain no text of the token, but may contain a number.
    ///   - retryAfter: The time after which verification may be possible again, for ``isUnavailable``; `nil` if unknown.
    public init(_ code: Code, _ text: String, retryAfter: Duration? = nil) {
        self.init(code, text.inOneLine(), quoting: nil)
        self.retryAfter = retryAfter
    }

    /// Makes an error with a quotation, which is cut and escaped. Only a key identifier or a configured value may be quoted.
    package init(_ code: Code, _ text: String, quoting quoted: String?) {
        self.code = code
        self.text = text
        self.quoted = quoted
    }

    /// Returns the error with a time after which verification may be possible again.
    func retrying(after time: Duration) -> TokenError {
        var error = self
        error.retryAfter = time
        return error
    }

    /// The fault, for an operator. The message never contains the token, but may contain the key identifier of the token.
    public var message: String {
        guard let quoted else { return text }
        return "\(text): “\(quoted.printable)”"
    }

    /// True if verification was not possible, so that the answer is 503 and not 401.
    public var isUnavailable: Bool { code == .remoteKeysFailedToLoad }

    /// The HTTP status of the error: 401, or 503 if verification was not possible.
    public var status: Int { isUnavailable ? 503 : 401 }
}

extension TokenError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The code and the text, without the quotation.
    public var description: String { "\(code.rawValue): \(text)" }
    /// The code and the message.
    public var debugDescription: String { "\(code.rawValue): \(message)" }
    /// The code and the message.
    public var customMirror: Mirror { Mirror(self, children: ["code": code.rawValue, "message": message]) }
}

extension TokenError {
    /// A reason code. The raw values are those of Clerk's backend SDK (`TokenVerificationErrorReason`), and two of Gatehouse's own.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The text is not a token of the required form.
        public static var invalid: Self { Self(rawValue: "token-invalid") }
        /// The token is of another kind than the accepted kind.
        public static var typeMismatch: Self { Self(rawValue: "token-type-mismatch") }
        /// The algorithm is missing, not accepted, or not the key's.
        public static var invalidAlgorithm: Self { Self(rawValue: "token-invalid-algorithm") }
        /// No usable key has the key identifier of the token, or more than one usable key has it.
        public static var keyMismatch: Self { Self(rawValue: "jwk-kid-mismatch") }
        /// The signature is not valid.
        public static var invalidSignature: Self { Self(rawValue: "token-invalid-signature") }
        /// A claim is missing or has the wrong form.
        public static var verificationFailed: Self { Self(rawValue: "token-verification-failed") }
        /// The issuer differs from the configured issuer. The code is Gatehouse's own, since Clerk's SDK has no such reason.
        public static var invalidIssuer: Self { Self(rawValue: "token-invalid-issuer") }
        /// The authorized party is not one of the configured parties.
        public static var invalidAuthorizedParties: Self { Self(rawValue: "token-invalid-authorized-parties") }
        /// The token has expired.
        public static var expired: Self { Self(rawValue: "token-expired") }
        /// The token is not valid yet.
        public static var notActiveYet: Self { Self(rawValue: "token-not-active-yet") }
        /// The issuer revoked the token. The code is Gatehouse's own, since Clerk's SDK does not check for revocation.
        public static var revoked: Self { Self(rawValue: "token-revoked") }
        /// The token was issued in the future.
        public static var issuedInTheFuture: Self { Self(rawValue: "token-iat-in-the-future") }
        /// The keys could not be loaded, so that the token was not checked.
        public static var remoteKeysFailedToLoad: Self { Self(rawValue: "jwk-remote-failed-to-load") }
    }
}
