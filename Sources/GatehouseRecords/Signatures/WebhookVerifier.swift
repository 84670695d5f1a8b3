public import GatehouseBase
import GatehouseCrypto
import GatehouseTokens
public import HTTPTypes

/// A verifier of webhook signatures over the raw bytes of the webhooks (Standard Webhooks 1.0, Svix).
///
/// ```swift
/// let verifier = try WebhookVerifier(secrets: ["whsec_…"])
/// let webhook = try verifier.verify(request.headerFields, body: body)
/// ```
public struct WebhookVerifier: Sendable {
    /// The largest number of bytes of the field with the signatures, which has room for about thirty.
    private static let maximumSignatureBytes = 2_048

    private let secrets: [WebhookSecret]
    private let names: [WebhookFieldNames]
    private let tolerance: Duration
    private let clock: WallClock

    /// Makes a verifier.
    ///
    /// - Parameters:
    ///   - secrets: The secrets, of which any may have signed; at least one, and several during a rotation.
    ///   - names: The names of the fields, by preference. Only the first names count of which the request has a field.
    ///   - tolerance: The largest distance of a timestamp to the past and to the future.
    ///   - clock: The clock with which timestamps are compared.
    /// - Throws: ``WebhookSignatureError`` with the code `invalidSecret` if there is no secret.
    public init(
        secrets: [WebhookSecret],
        names: [WebhookFieldNames] = [.svix, .standard],
        tolerance: Duration = .seconds(300),
        clock: WallClock = .system
    ) throws(WebhookSignatureError) {
        guard !secrets.isEmpty else { throw WebhookSignatureError(.invalidSecret, "there is no webhook secret") }
        self.secrets = secrets
        self.names = names
        self.tolerance = tolerance
        self.clock = clock
    }

    /// Reads the secrets, too.
    public init(
        secrets: [String],
        names: [WebhookFieldNames] = [.svix, .standard],
        tolerance: Duration = .seconds(300),
        clock: WallClock = .system
    ) throws(WebhookSignatureError) {
        var read: [WebhookSecret] = []
        for secret in secrets { read.append(try WebhookSecret(secret)) }
        try self.init(secrets: read, names: names, tolerance: tolerance, clock: clock)
    }

    /// A webhook with a valid signature.
    public struct Webhook: Sendable, Hashable {
        /// The event's id, which is equal in all attempts of a delivery.
        public let id: String
        /// The time of this attempt, to the second.
        public let timestamp: Timestamp
    }

    /// Verifies a request by its fields and the raw bytes of its body.
    ///
    /// - Throws: ``WebhookSignatureError``. The answer is 400, without the reason.
    public func verify(_ fields: HTTPFields, body: [UInt8]) throws(WebhookSignatureError) -> Webhook {
        guard let names = names.first(where: { $0.occur(in: fields) }) else {
            throw WebhookSignatureError(.missingFields, "the request has no webhook id, timestamp and signature")
        }
        let id = try value(names.id, fields)
        let timestamp = try value(names.timestamp, fields)
        let signatures = try value(names.signature, fields)
        guard WebhookMessage.isIdentifier(id) else {
            throw WebhookSignatureError(.malformedFields, "the id is not 1 to 256 bytes of visible ASCII without a dot")
        }
        let time = try time(timestamp)
        guard signatures.utf8.count <= Self.maximumSignatureBytes else {
            throw WebhookSignatureError(.malformedFields, "the list of signatures is over 2 KB")
        }
        let candidates = Self.candidates(signatures)
        let message = WebhookMessage(id: id, timestamp: timestamp, body: body)
        var holds = false
        for secret in secrets {
            guard let code = message.code(with: secret) else { throw .cryptography }
            for candidate in candidates where code.equals(candidate) { holds = true }
        }
        guard holds else {
            throw WebhookSignatureError(.noMatchingSignature, "no signature is by a secret that is configured")
        }
        return Webhook(id: id, timestamp: time)
    }

    private func value(_ name: HTTPField.Name, _ fields: HTTPFields) throws(WebhookSignatureError) -> String {
        let values = fields[values: name].map(\.trimmed)
        guard let value = values.first, !value.isEmpty else {
            throw WebhookSignatureError(.missingFields, "the request has no \(name)")
        }
        guard values.count == 1 else { throw WebhookSignatureError(.malformedFields, "\(name) stands there twice") }
        return value
    }

    private func time(_ text: String) throws(WebhookSignatureError) -> Timestamp {
        // The number has only digits and no zero in front, so that it has one spelling, which is signed.
        guard !text.utf8.starts(with: "0".utf8) || text.utf8.count == 1,
            let seconds = text.withUTF8Bytes({ $0.wholeNumber }), let time = Timestamp(seconds: Int64(seconds))
        else { throw WebhookSignatureError(.malformedFields, "the timestamp is no number of seconds") }
        // Times are compared in whole seconds, as Svix does.
        guard let now = Timestamp(seconds: clock.now().seconds) else { return time }
        let age = time.duration(to: now)
        guard age <= tolerance else { throw WebhookSignatureError(.tooOld, "the timestamp is \(age) old") }
        guard .zero - age <= tolerance else {
            throw WebhookSignatureError(.tooNew, "the timestamp lies \(Duration.zero - age) in the future")
        }
        return time
    }

    /// Returns the codes of the entries of version 1. Entries of other versions, and entries that are not base64, are skipped.
    private static func candidates(_ list: String) -> [[UInt8]] {
        list.utf8.split(separator: UInt8(ascii: " ")).compactMap { entry in
            let version = "v1,".utf8
            guard entry.starts(with: version) else { return nil }
            return Base64.standard.decode(optionallyPadded: Array(entry.dropFirst(version.count)))
        }
    }
}

extension String {
    /// The text without spaces and tabs at both ends.
    fileprivate var trimmed: String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        guard let first = utf8.first, let last = utf8.last, isSpace(first) || isSpace(last) else { return self }
        let rest = utf8.drop(while: isSpace)
        let count = rest.reversed().drop(while: isSpace).count
        return String(Substring(rest.prefix(count)))
    }
}
