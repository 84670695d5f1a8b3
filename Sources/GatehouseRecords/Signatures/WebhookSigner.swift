public import GatehouseBase
import GatehouseCrypto
import GatehouseTokens
public import HTTPTypes

/// A signer of webhooks by Standard Webhooks 1.0 and Svix: HMAC-SHA256 over `id.timestamp.body`.
///
/// ```swift
/// let fields = try WebhookSigner(secret).headerFields(id: "msg_1", at: clock.now(), body: body)
/// ```
public struct WebhookSigner: Sendable {
    private let secrets: [WebhookSecret]

    /// Makes a signer with one secret.
    public init(_ secret: WebhookSecret) {
        secrets = [secret]
    }

    /// Makes a signer with several secrets, for a rotation. Receivers accept a webhook by any of its signatures.
    public init(_ secrets: [WebhookSecret]) {
        self.secrets = secrets
    }

    /// Returns the fields that make a request a signed webhook.
    ///
    /// - Parameters:
    ///   - id: The event's id, which is equal in all attempts of a delivery: 1 to 256 bytes of visible ASCII without a dot.
    ///   - time: The time of this attempt, whose fraction of a second is dropped.
    ///   - body: The exact bytes of the request's body.
    ///   - names: The names of the fields.
    /// - Throws: ``WebhookSignatureError`` with the code `malformedFields` for an id that receivers refuse, or `cryptography`.
    public func headerFields(
        id: String,
        at time: Timestamp,
        body: [UInt8],
        names: WebhookFieldNames = .standard
    ) throws(WebhookSignatureError) -> HTTPFields {
        guard WebhookMessage.isIdentifier(id) else {
            throw WebhookSignatureError(.malformedFields, "the id is not 1 to 256 bytes of visible ASCII without a dot")
        }
        let message = WebhookMessage(id: id, timestamp: String(time.seconds), body: body)
        var signatures: [String] = []
        for secret in secrets {
            guard let code = message.code(with: secret) else { throw .cryptography }
            signatures.append("v1," + Base64.standard.encodePadded(code.bytes))
        }
        return [names.id: id, names.timestamp: message.timestamp, names.signature: signatures.joined(separator: " ")]
    }
}

/// The text that is signed.
struct WebhookMessage {
    let id: String
    let timestamp: String
    let body: [UInt8]

    /// Returns the code of the message; `nil` if libcrypto fails.
    func code(with secret: WebhookSecret) -> MessageAuthenticationCode? {
        secret.authenticationKey.code(of: [Array("\(id).\(timestamp).".utf8), body])
    }

    /// Returns true if a text can be an id. With a dot in the id, one signature would be valid for two messages: `a` at `T` with the body
    /// `T.x`, and `a.T` at `T` with the body `x`.
    static func isIdentifier(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ".") }
    }
}
