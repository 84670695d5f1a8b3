import COpenSSL

/// A non-negative integer of libcrypto's.
final class BigNumber {
    let pointer: OpaquePointer

    /// A number that is part of a key.
    init?(parameter: String, of key: OpaquePointer) {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, parameter, &number) == 1, let number else {
            ERR_clear_error()
            return nil
        }
        pointer = number
    }

    deinit { BN_free(pointer) }

    var bitCount: Int { Int(BN_num_bits(pointer)) }
    var isOdd: Bool { BN_is_odd(pointer) == 1 }
    /// The value, or all ones where it does not fit.
    var word: UInt { UInt(BN_get_word(pointer)) }

    /// The big-endian bytes without leading zeros.
    var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: (bitCount + 7) / 8) { output, count in
            count = Int(BN_bn2bin(pointer, output.baseAddress))
        }
    }
}
