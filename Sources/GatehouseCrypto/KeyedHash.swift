/// A hash function for HMAC (RFC 2104), for one-time passwords (RFC 6238 section 1.2).
package enum KeyedHash: String, Sendable, CaseIterable {
    case sha1 = "SHA1"
    case sha256 = "SHA256"
    case sha512 = "SHA512"

    /// Returns the HMAC of a message; `nil` if libcrypto fails.
    package func code(of message: [UInt8], key: [UInt8]) -> [UInt8]? {
        MessageAuthenticationKey(key, self)?.code(of: [message])?.bytes
    }
}
