import GatehouseCrypto
import GatehouseTokens

/// A key that both ends of a webhook know: `whsec_` and the key's bytes in base64 (Standard Webhooks, “Signature scheme”).
///
/// ```swift
/// let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
/// ```
public struct WebhookSecret: Sendable {
    /// The most bytes of a key.
    private static let maximumByteCount = 1_024
    private static let prefix = "whsec_"

    private let key: [UInt8]
    /// The key, ready for messages.
    let authenticationKey: MessageAuthenticationKey

    /// Reads a secret. The prefix and the padding may be missing, and the rest must be base64 (RFC 4648 section 4).
    ///
    /// - Throws: ``WebhookSignatureError`` with the code `invalidSecret`, or `cryptography` if libcrypto fails. The message contains no
    ///   part of the secret.
    public init(_ text: String) throws(WebhookSignatureError) {
        let bytes = Array(text.utf8)
        if bytes.starts(with: "whsk_".utf8) || bytes.starts(with: "whpk_".utf8) {
            throw WebhookSignatureError(
                .invalidSecret,
                "a webhook secret begins with whsec_; keys of Ed25519 are not supported"
            )
        }
        let encoded = bytes.starts(with: Self.prefix.utf8) ? Array(bytes.dropFirst(Self.prefix.utf8.count)) : bytes
        guard !encoded.isEmpty else { throw WebhookSignatureError(.invalidSecret, "the webhook secret is empty") }
        guard encoded.count <= Self.maximumByteCount * 2,
            let key = Base64.standard.decode(optionallyPadded: encoded), !key.isEmpty
        else {
            throw WebhookSignatureError(.invalidSecret, "the webhook secret is not base64 (RFC 4648 section 4)")
        }
        try self.init(key: key)
    }

    /// Makes a secret of 32 random bytes.
    ///
    /// - Throws: ``WebhookSignatureError`` with the code `cryptography` if there are no random bytes, or libcrypto fails.
    public static func random() throws(WebhookSignatureError) -> WebhookSecret {
        guard let key = [UInt8].random(count: 32) else { throw .cryptography }
        return try WebhookSecret(key: key)
    }

    private init(key: [UInt8]) throws(WebhookSignatureError) {
        guard let authenticationKey = MessageAuthenticationKey(key) else { throw .cryptography }
        self.key = key
        self.authenticationKey = authenticationKey
    }

    /// The secret in the form of both ends, `whsec_…`. A print of this text reveals the secret.
    public var text: String { Self.prefix + Base64.standard.encodePadded(key) }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of value, and nothing of the secret.
    public var description: String { "a webhook secret" }
    /// The description.
    public var debugDescription: String { description }
    /// A mirror that shows only ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["secret": description]) }
}
