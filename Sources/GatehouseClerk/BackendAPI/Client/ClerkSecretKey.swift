/// The secret key of a Clerk instance, `sk_test_…` or `sk_live_…`. No way to print the value shows the key.
public struct ClerkSecretKey: Sendable, Hashable {
    /// The key itself, for the field that is sent.
    let text: String

    /// True if the key is of a production instance.
    public var isProduction: Bool { text.hasPrefix("sk_live_") || text.hasPrefix("live_") }

    /// Reads a key. White space around the key, such as at the end of a file, is removed.
    ///
    /// - Throws: ``ClerkError`` with the code `invalidRequest` for a text that cannot be a field value, such as an empty text. Only Clerk
    ///   knows the keys that exist.
    public init(_ text: String) throws(ClerkError) {
        let spaces: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        let rest = text.utf8.drop { spaces.contains($0) }
        let key = String(Substring(rest.prefix(rest.count - rest.reversed().prefix { spaces.contains($0) }.count)))
        guard !key.isEmpty, key.utf8.count <= 512, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ClerkError(
                .invalidRequest,
                "the secret key is empty or has bytes that no key has; set CLERK_SECRET_KEY"
            )
        }
        self.text = key
    }
}

extension ClerkSecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of instance, and nothing of the key.
    public var description: String { "a secret key of a \(isProduction ? "production" : "development") instance" }
    /// The ``description``.
    public var debugDescription: String { description }
    /// The ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["key": description]) }
}
