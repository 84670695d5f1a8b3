/// A failure of libcrypto itself, such as no memory. A signature that does not hold is no error but `false`.
package struct CryptoError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The operation that failed.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
