import GatehouseCrypto

extension KeySet {
    /// A key that was left out of a set.
    public struct Refusal: Sendable, Hashable, CustomStringConvertible {
        /// What is wrong, as a kind.
        public enum Code: Sendable, Hashable {
            /// Not a JSON object, or a member is missing or not in its one form.
            case malformed
            /// Private or symmetric key material, which has no place in a public set.
            case secret
            /// `use`, `key_ops` or `alg` say that the key is not for verifying signatures, or not this kind of key.
            case purpose
            /// A `kty` or a `crv` that is not known here.
            case unsupported
            /// An RSA modulus or exponent out of bounds: weak, costly or senseless.
            case numbers
            /// A point that is not on its curve, not written canonically, or of small order.
            case point
        }

        /// The key's place in the set, from 0.
        public let index: Int
        /// The key's identifier `kid`, as it came; `nil` if there is none of 1 to 256 bytes.
        public let id: String?
        /// What is wrong, as a kind.
        public let code: Code
        /// Why it cannot be used, without key material.
        public let reason: String

        init(index: Int, id: String?, _ refusal: KeyRefusal) {
            self.index = index
            self.id = id
            code = Code(refusal.code)
            reason = refusal.description
        }

        /// Place, identifier and reason, fit for a log: the identifier is cut and escaped.
        public var description: String {
            let name = id.map { "key \(index) “\($0.printable)”" } ?? "key \(index)"
            return "\(name): \(reason)"
        }
    }
}

extension KeySet {
    /// Why a set is of no use at all; `nil` for one with a usable key.
    var faultOfAll: String? {
        guard keys.isEmpty else { return nil }
        return refused.first.map { "it has no usable key (\($0))" } ?? "it has no keys"
    }
}

extension KeySet.Refusal.Code {
    init(_ code: KeyRefusal.Code) {
        self =
            switch code {
            case .malformed: .malformed
            case .secret: .secret
            case .purpose: .purpose
            case .unsupported: .unsupported
            case .numbers: .numbers
            case .point: .point
            }
    }
}
