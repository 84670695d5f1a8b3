import COpenSSL

/// A non-negative integer in libcrypto.
final class BigNumber {
    private let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// Makes a number from a parameter of a key; `nil` if the key lacks the parameter.
    init?(parameter: String, of key: OpaquePointer) {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, parameter, &number) == 1, let number else {
            ERR_clear_error()
            return nil
        }
        pointer = number
    }

    /// Makes a number from big-endian bytes; `nil` if there is no memory.
    init?(_ bytes: [UInt8]) {
        guard let count = Int32(exactly: bytes.count), let number = BN_bin2bn(bytes, count, nil) else { return nil }
        pointer = number
    }

    /// Makes a copy of a number that another object owns; `nil` if there is no memory.
    init?(copying number: OpaquePointer?) {
        guard let number, let copy = BN_dup(number) else { return nil }
        pointer = copy
    }

    deinit { BN_free(pointer) }

    var bitCount: Int { Int(BN_num_bits(pointer)) }
    var isOdd: Bool { BN_is_odd(pointer) == 1 }
    /// The value, or all ones if the value does not fit.
    var word: UInt { UInt(BN_get_word(pointer)) }

    /// The big-endian bytes without leading zeros.
    var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: (bitCount + 7) / 8) { output, count in
            count = Int(BN_bn2bin(pointer, output.baseAddress))
        }
    }

    /// Returns the big-endian bytes, with zeros in front until they have the given number.
    func bytes(atLeast count: Int) -> [UInt8] {
        let bytes = bytes
        return [UInt8](repeating: 0, count: max(0, count - bytes.count)) + bytes
    }

    static func < (first: BigNumber, second: BigNumber) -> Bool { BN_cmp(first.pointer, second.pointer) < 0 }

    // MARK: Modulo a prime; `nil` if there is no memory.

    func plus(_ other: BigNumber, modulo prime: BigNumber) -> BigNumber? {
        result { BN_mod_add($0, pointer, other.pointer, prime.pointer, $1) }
    }

    func minus(_ other: BigNumber, modulo prime: BigNumber) -> BigNumber? {
        result { BN_mod_sub($0, pointer, other.pointer, prime.pointer, $1) }
    }

    func times(_ other: BigNumber, modulo prime: BigNumber) -> BigNumber? {
        result { BN_mod_mul($0, pointer, other.pointer, prime.pointer, $1) }
    }

    /// Returns true if the number is a square modulo a prime and not zero, by Legendre's symbol.
    func isNonzeroSquare(modulo prime: BigNumber) -> Bool {
        guard let context = BN_CTX_new() else { return false }
        defer { BN_CTX_free(context) }
        return BN_kronecker(pointer, prime.pointer, context) == 1
    }

    private func result(_ operation: (_ output: OpaquePointer, _ context: OpaquePointer) -> Int32) -> BigNumber? {
        guard let output = BN_new() else { return nil }
        let number = BigNumber(owning: output)
        guard let context = BN_CTX_new() else { return nil }
        defer { BN_CTX_free(context) }
        return operation(output, context) == 1 ? number : nil
    }
}
