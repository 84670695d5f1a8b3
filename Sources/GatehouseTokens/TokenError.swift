import GatehouseBase

/// Why a token was not accepted.
///
/// A caller is told only that the token was refused; this error is for the operator.
public struct TokenError: Error, Sendable, Hashable {
    /// The reason, as Clerk names it.
    public let code: Code
    /// The fault, without any text of the token.
    private let text: String
    /// Something that the token or the configuration names, as it came.
    private let quoted: String?
    /// When verification may be possible again, for ``isUnavailable``; `nil` if nobody knows.
    public private(set) var retryAfter: Duration?

    /// Makes an error, such as that of a ``KeySource`` of your own: `TokenError(.remoteKeysFailedToLoad, "the vault is sealed")`.
    ///
    /// - Parameters:
    ///   - code: The kind of error.
    ///   - text: The fault, in a clause for the operator. The clause never holds a text of the token, though it may hold a number.
    ///   - retryAfter: When verification may be possible again, for ``isUnavailable``; `nil` if nobody knows.
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

    /// An error with a time after which it may be over.
    func retrying(after time: Duration) -> TokenError {
        var error = self
        error.retryAfter = time
        return error
    }

    /// The fault, for an operator. The message never contains the token; it may name the key that the token asked for.
    public var message: String {
        guard let quoted else { return text }
        return "\(text): “\(quoted.printable)”"
    }

    /// True if verification could not be carried out, so that the answer is 503 and not 401.
    public var isUnavailable: Bool { code == .remoteKeysFailedToLoad }

    /// The HTTP status that this means: 401, or 503 where it could not be decided.
    public var status: Int { isUnavailable ? 503 : 401 }
}

extension TokenError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Code and text, without anything that was quoted.
    public var description: String { "\(code.rawValue): \(text)" }
    /// Code and message.
    public var debugDescription: String { "\(code.rawValue): \(message)" }
    /// Code and message.
    public var customMirror: Mirror { Mirror(self, children: ["code": code.rawValue, "message": message]) }
}

extension TokenError {
    /// A reason code. The raw values are those of Clerk's backend SDK (`TokenVerificationErrorReason`), and two of ours.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// A code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as it is printed.
        public var description: String { rawValue }

        /// Not a token of the shape that is asked for.
        public static var invalid: Self { Self(rawValue: "token-invalid") }
        /// A token of another kind than is accepted.
        public static var typeMismatch: Self { Self(rawValue: "token-type-mismatch") }
        /// An algorithm that is missing, not accepted, or not the key's.
        public static var invalidAlgorithm: Self { Self(rawValue: "token-invalid-algorithm") }
        /// No usable key, or more than one, has the identifier that the token names.
        public static var keyMismatch: Self { Self(rawValue: "jwk-kid-mismatch") }
        /// The signature does not hold.
        public static var invalidSignature: Self { Self(rawValue: "token-invalid-signature") }
        /// A claim is missing or has another form than it must.
        public static var verificationFailed: Self { Self(rawValue: "token-verification-failed") }
        /// Another issuer. Ours: Clerk's SDK has no such reason.
        public static var invalidIssuer: Self { Self(rawValue: "token-invalid-issuer") }
        /// The authorized party is none of those configured.
        public static var invalidAuthorizedParties: Self { Self(rawValue: "token-invalid-authorized-parties") }
        /// Past its time.
        public static var expired: Self { Self(rawValue: "token-expired") }
        /// Before its time.
        public static var notActiveYet: Self { Self(rawValue: "token-not-active-yet") }
        /// Taken back by its issuer. Ours: Clerk's SDK does not look.
        public static var revoked: Self { Self(rawValue: "token-revoked") }
        /// Issued in the future.
        public static var issuedInTheFuture: Self { Self(rawValue: "token-iat-in-the-future") }
        /// The keys could not be had: the token was not judged.
        public static var remoteKeysFailedToLoad: Self { Self(rawValue: "jwk-remote-failed-to-load") }
    }
}
