/// A failure of libcrypto itself, such as missing memory. A wrong signature is not an error: the result is `false`.
package struct CryptoError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The operation that failed.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
