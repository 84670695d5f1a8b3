import COpenSSL

/// The hash function SHA-1 (FIPS 180-4), which serves only for names: an attacker can find two texts with equal digests.
package enum SHA1 {
    /// Returns the digest of a text; `nil` if libcrypto fails or has no SHA-1.
    package static func digest(of text: String) -> [UInt8]? {
        var count = 0
        var output = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        let bytes = Array(text.utf8)
        guard EVP_Q_digest(nil, "SHA1", nil, bytes, bytes.count, &output, &count) == 1, count == 20 else {
            ERR_clear_error()
            return nil
        }
        return Array(output.prefix(count))
    }
}
