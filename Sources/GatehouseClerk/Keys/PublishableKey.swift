import GatehouseCrypto

/// The publishable key of a Clerk instance, which names the instance and the address of its Frontend API. The key is not secret.
///
/// The key has the form `pk_test_…` or `pk_live_…`, followed by the Frontend API's host and a `$` in base64 (`@clerk/shared`, keys.ts).
public struct PublishableKey: Sendable, Hashable {
    /// The kind of a key's instance.
    public enum Environment: Sendable, Hashable {
        /// An instance whose key begins with `pk_test_`.
        case development
        /// An instance whose key begins with `pk_live_`.
        case production
    }

    /// The kind of the key's instance.
    public let environment: Environment
    /// The host of the instance's Frontend API, such as `clerk.example.com`.
    public let frontendHost: String
    /// The end of the names of this instance's cookies, such as `QvfNY2dr`, which depends on the exact text of the key; `nil` if libcrypto
    /// fails.
    public let cookieSuffix: String?

    /// Reads a key; `nil` if the text is no key.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let prefixes: [(Environment, String)] = [(.development, "pk_test_"), (.production, "pk_live_")]
        guard let (environment, prefix) = prefixes.first(where: { bytes.starts(with: $0.1.utf8) }),
            let host = Base64.standard.decode(optionallyPadded: Array(bytes.dropFirst(prefix.utf8.count))),
            host.last == UInt8(ascii: "$"), host.dropLast().contains(UInt8(ascii: ".")),
            host.dropLast().allSatisfy(Self.isInHosts)
        else { return nil }
        self.environment = environment
        frontendHost = String(decoding: host.dropLast(), as: UTF8.self)
        // A text of 6 bytes has 8 characters.
        cookieSuffix = SHA1.digest(of: text).map { Base64URL.encode(Array($0.prefix(6))) }
    }

    /// The `iss` of this instance's tokens. Behind a proxy the `iss` is the proxy's address, which the key does not know.
    public var issuer: String { "https://\(frontendHost)" }

    /// The address of the instance's keys.
    public var jwksURL: String { "\(issuer)/.well-known/jwks.json" }

    private static func isInHosts(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
