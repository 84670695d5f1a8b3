import GatehouseCrypto

extension KeySet {
    /// A key that was left out of a set.
    public struct Refusal: Sendable, Hashable, CustomStringConvertible {
        /// A kind of fault in a key.
        public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
            /// The code as it is printed.
            public let rawValue: String

            /// Makes a code of this name.
            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            /// The code as it is printed.
            public var description: String { rawValue }

            /// A key that is no JSON object, or has a member that is missing or not in its one form.
            public static var malformed: Self { Self(rawValue: "key-malformed") }
            /// Private or symmetric key material, which has no place in a public set.
            public static var secret: Self { Self(rawValue: "key-secret") }
            /// `use`, `key_ops` or `alg` say that the key is not for verifying signatures, or not this kind of key.
            public static var purpose: Self { Self(rawValue: "key-purpose") }
            /// A `kty` or a `crv` that is not known here.
            public static var unsupported: Self { Self(rawValue: "key-unsupported") }
            /// An RSA modulus or exponent out of bounds: weak, costly or senseless.
            public static var numbers: Self { Self(rawValue: "key-numbers") }
            /// A point that is not on its curve, not written canonically, or of small order.
            public static var point: Self { Self(rawValue: "key-point") }
        }

        /// The key's place in the set, from 0.
        public let index: Int
        /// The key's identifier `kid`, as it came; `nil` if there is none of 1 to 256 bytes.
        public let id: String?
        /// The kind of the fault.
        public let code: Code
        /// The reason why the key cannot be used, without key material.
        public let reason: String

        /// Makes a refusal; `reason` has no key material.
        public init(index: Int, id: String?, _ code: Code, _ reason: String) {
            self.index = index
            self.id = id
            self.code = code
            self.reason = reason
        }

        init(index: Int, id: String?, _ refusal: KeyRefusal) {
            self.init(index: index, id: id, Code(refusal.code), refusal.description)
        }

        /// The place, the identifier and the reason, fit for a log: the identifier is cut and escaped.
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
