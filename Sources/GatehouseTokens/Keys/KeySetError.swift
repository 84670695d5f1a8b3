/// Why bytes are not a key set, or an address is not one to load keys from.
public struct KeySetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as a kind.
    public enum Code: Sendable, Hashable {
        /// Not a JSON object with unique members and an array `keys` (RFC 7517 section 5).
        case malformed
        /// Over 256 KiB.
        case tooLarge
        /// Over 100 keys.
        case tooManyKeys
        /// No key of the set can be used, where one is needed.
        case noUsableKey
        /// Not a public key in PEM.
        case malformedPEM
        /// Not an https address, nor an http address on this machine.
        case unacceptableURL
        /// A further request field that cannot be sent, or that is not for the caller to set.
        case unacceptableField
    }

    /// What is wrong, as a kind.
    public let code: Code
    /// One sentence for the operator, without key material.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
