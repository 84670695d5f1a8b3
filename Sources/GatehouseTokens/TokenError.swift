import GatehouseBase

/// The reason why a token was not accepted.
///
/// A caller is told only that the token was refused; this error is for the operator.
public struct TokenError: Error, Sendable, Hashable {
    /// The reason, as Clerk names it.
    public let code: Code
    /// The fault, without any text of the token.
    private let text: String
    /// A name in the token or in the configuration, as it came.
    private let quoted: String?
    /// The time after which verification may be possible again, for ``isUnavailable``; `nil` if unknown.
    public private(set) var retryAfter: Duration?

    /// Makes an error, such as that of a ``KeySource`` of your own: `TokenError(.remoteKeysFailedToLoad, "the vault is sealed")`.
    ///
    /// - Parameters:
    ///   - code: The kind of error.
    ///   - text: The fault, in a clause for the operator. The clause never holds a text of the token, though it may hold a number.
    ///   - retryAfter: The time after which verification may be possible again, for ``isUnavailable``; `nil` if unknown.
    public init(_ code: Code, _ text: String, retryAfter: Duration? = nil) {
        self.init(code, text.inOneLine(), quoting: nil)
        self.retryAfter = retryAfter
    }

    /// A quotation is bounded and escaped; only a key identifier or a configured value may be quoted.
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

    /// The fault, for an operator. The message never contains the token, though it may name the key that the token asked for.
    public var message: String {
        guard let quoted else { return text }
        return "\(text): “\(quoted.printable)”"
    }

    /// True if verification could not be carried out, so that the answer is 503 and not 401.
    public var isUnavailable: Bool { code == .remoteKeysFailedToLoad }

    /// The HTTP status of the error: 401, or 503 if verification could not be carried out.
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
        /// The code as it is printed.
        public let rawValue: String

        /// Makes a code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as it is printed.
        public var description: String { rawValue }

        /// A text that is no token of the demanded shape.
        public static var invalid: Self { Self(rawValue: "token-invalid") }
        /// A token of another kind than is accepted.
        public static var typeMismatch: Self { Self(rawValue: "token-type-mismatch") }
        /// An algorithm that is missing, not accepted, or not the key's.
        public static var invalidAlgorithm: Self { Self(rawValue: "token-invalid-algorithm") }
        /// A key identifier of the token that no usable key has, or more than one usable key.
        public static var keyMismatch: Self { Self(rawValue: "jwk-kid-mismatch") }
        /// A signature that does not hold.
        public static var invalidSignature: Self { Self(rawValue: "token-invalid-signature") }
        /// A claim that is missing or has the wrong form.
        public static var verificationFailed: Self { Self(rawValue: "token-verification-failed") }
        /// An issuer other than the configured one. The code is Gatehouse's own: Clerk's SDK has no such reason.
        public static var invalidIssuer: Self { Self(rawValue: "token-invalid-issuer") }
        /// An authorized party that is none of the configured ones.
        public static var invalidAuthorizedParties: Self { Self(rawValue: "token-invalid-authorized-parties") }
        /// A token past its time.
        public static var expired: Self { Self(rawValue: "token-expired") }
        /// A token before its time.
        public static var notActiveYet: Self { Self(rawValue: "token-not-active-yet") }
        /// A token that its issuer revoked. The code is Gatehouse's own: Clerk's SDK does not check for revocation.
        public static var revoked: Self { Self(rawValue: "token-revoked") }
        /// A token that was issued in the future.
        public static var issuedInTheFuture: Self { Self(rawValue: "token-iat-in-the-future") }
        /// Keys that could not be loaded: the token was not judged.
        public static var remoteKeysFailedToLoad: Self { Self(rawValue: "jwk-remote-failed-to-load") }
    }
}
