/// The reason that key material makes no key.
package struct KeyRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of the fault.
    package enum Code: Sendable, Hashable {
        /// A part that is missing or not in its one form.
        case malformed
        /// Private or symmetric material in a public key.
        case secret
        /// A key that is not for verifying signatures, or not under the algorithm that the key names.
        case purpose
        /// A type or a curve that is not known here.
        case unsupported
        /// An RSA number that is weak, costly or senseless.
        case numbers
        /// A point that is not on its curve, or of small order.
        case point
    }

    package let code: Code
    /// One clause for an operator, without any key material.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
