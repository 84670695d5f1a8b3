/// The reason why key material is refused.
package struct KeyRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of the fault.
    package enum Code: Sendable, Hashable {
        /// A part is missing or is not in its canonical form.
        case malformed
        /// The public key has private or symmetric material.
        case secret
        /// The key is not for verifying signatures, or not for the algorithm that the key names.
        case purpose
        /// The type or the curve is not known here.
        case unsupported
        /// An RSA number is weak, costly or invalid.
        case numbers
        /// The point is not on its curve, or is of small order.
        case point
    }

    package let code: Code
    /// A clause for an operator, without any key material.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
