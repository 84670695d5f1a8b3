import GatehouseCrypto

extension KeySet {
    /// A key that was left out of a set.
    public struct Refusal: Sendable, Hashable, CustomStringConvertible {
        /// A kind of fault in a key.
        public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
            /// The code as a text.
            public let rawValue: String

            /// Makes a code with this text.
            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            /// The code as a text.
            public var description: String { rawValue }

            /// The key is not a JSON object, or a member is missing or not in its canonical form.
            public static var malformed: Self { Self(rawValue: "key-malformed") }
            /// The key has private or symmetric key material, which must not be in a public set.
            public static var secret: Self { Self(rawValue: "key-secret") }
            /// By `use`, `key_ops` or `alg`, the key is not for verifying signatures, or is another kind of key.
            public static var purpose: Self { Self(rawValue: "key-purpose") }
            /// The `kty` or the `crv` is not known here.
            public static var unsupported: Self { Self(rawValue: "key-unsupported") }
            /// The RSA modulus or exponent is out of bounds: weak, costly or invalid.
            public static var numbers: Self { Self(rawValue: "key-numbers") }
            /// The point is not on its curve, not written canonically, or of small order.
            public static var point: Self { Self(rawValue: "key-point") }
        }

        /// The index of the key in the set, from 0.
        public let index: Int
        /// The key's identifier `kid` as it was sent; `nil` if there is none of 1 to 256 bytes.
        public let id: String?
        /// The kind of the fault.
        public let code: Code
        /// The reason why the key cannot be used, without key material.
        public let reason: String

        /// Makes a refusal. The parameter `reason` must contain no key material.
        public init(index: Int, id: String?, _ code: Code, _ reason: String) {
            self.index = index
            self.id = id
            self.code = code
            self.reason = reason
        }

        init(index: Int, id: String?, _ refusal: KeyRefusal) {
            self.init(index: index, id: id, Code(refusal.code), refusal.description)
        }

        /// The index, the identifier and the reason, for a log. The identifier is cut and escaped.
        public var description: String {
            let name = id.map { "key \(index) “\($0.printable)”" } ?? "key \(index)"
            return "\(name): \(reason)"
        }
    }
}

extension KeySet {
    /// The reason why a set has no usable key; `nil` if the set has a usable key.
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
