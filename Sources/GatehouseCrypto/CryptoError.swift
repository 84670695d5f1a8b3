/// A failure of libcrypto itself, such as no memory. A signature that does not hold is no error but `false`.
package struct CryptoError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What could not be done.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Why key material makes no key.
package struct KeyRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// One clause for an operator, without any key material.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
