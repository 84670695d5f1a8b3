import COpenSSL

/// A hash function for HMAC (RFC 2104), as one-time passwords use it (RFC 6238 section 1.2).
package enum KeyedHash: String, Sendable, CaseIterable {
    case sha1 = "SHA1"
    case sha256 = "SHA256"
    case sha512 = "SHA512"

    /// The code of a message; `nil` if libcrypto fails.
    package func code(of message: [UInt8], key: [UInt8]) -> [UInt8]? {
        var count = 0
        var output = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        let code = EVP_Q_mac(
            nil,
            "HMAC",
            nil,
            rawValue,
            nil,
            key,
            key.count,
            message,
            message.count,
            &output,
            output.count,
            &count
        )
        guard code != nil, count <= output.count else {
            ERR_clear_error()
            return nil
        }
        return Array(output.prefix(count))
    }
}
