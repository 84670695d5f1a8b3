import COpenSSL

/// The point of an Ed25519 public key (RFC 8032 section 5.1.2). libcrypto accepts any 32 bytes as a point.
struct Ed25519Point {
    static let byteCount = 32
    /// The coordinate `y`, little-endian, with the sign of `x` in its highest bit.
    let bytes: [UInt8]

    /// Makes the point of an `EVP_PKEY`; `nil` if the key has none.
    init?(of key: OpaquePointer) {
        var count = Self.byteCount
        var isRead = false
        bytes = [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
            isRead = EVP_PKEY_get_raw_public_key(key, output.baseAddress, &count) == 1 && count == Self.byteCount
            initialized = isRead ? count : 0
        }
        guard isRead else {
            ERR_clear_error()
            return nil
        }
    }

    /// The fault that makes the point unfit as a key; `nil` if there is none.
    var fault: String? {
        guard let last = bytes.last, let prime = BigNumber(Self.prime), let d = BigNumber(Self.d),
            let y = BigNumber((bytes.dropLast() + [last & 0x7F]).reversed())
        else { return "the point cannot be read" }
        guard y < prime else { return "the Ed25519 key is not written canonically" }
        guard !Self.smallOrder.contains(y.bytes) else { return "the Ed25519 key is a point of small order" }
        guard Self.isOnCurve(y, d, prime) else { return "the Ed25519 key is no point of the curve" }
        return nil
    }

    /// Returns true if there is an `x` with -x² + y² = 1 + d·x²·y². That holds if (y² - 1) / (d·y² + 1) is a square. A quotient is a square
    /// if the product is a square. The product is zero only for points of small order, and its denominator is never zero: -1 is a square
    /// and d is not.
    private static func isOnCurve(_ y: BigNumber, _ d: BigNumber, _ prime: BigNumber) -> Bool {
        guard let one = BigNumber([1]), let square = y.times(y, modulo: prime),
            let numerator = square.minus(one, modulo: prime),
            let denominator = d.times(square, modulo: prime)?.plus(one, modulo: prime),
            let product = numerator.times(denominator, modulo: prime)
        else { return false }
        return product.isNonzeroSquare(modulo: prime)
    }

    /// The prime 2^255 - 19, big-endian like the next two numbers.
    private static let prime: [UInt8] = [0x7F] + [UInt8](repeating: 0xFF, count: 30) + [0xED]

    /// The curve's parameter, -121665 / 121666.
    private static let d: [UInt8] = [
        0x52, 0x03, 0x6C, 0xEE, 0x2B, 0x6F, 0xFE, 0x73, 0x8C, 0xC7, 0x40, 0x79, 0x77, 0x79, 0xE8, 0x98,
        0x00, 0x70, 0x0A, 0x4D, 0x41, 0x41, 0xD8, 0xAB, 0x75, 0xEB, 0x4D, 0xCA, 0x13, 0x59, 0x78, 0xA3,
    ]

    /// The coordinates `y` of the points of order 1, 2, 4 and 8, without leading zeros. Under such a key anybody can make signatures that
    /// are valid for most messages.
    private static let smallOrder: [[UInt8]] = [
        [1],
        [0x7F] + [UInt8](repeating: 0xFF, count: 30) + [0xEC],
        [],
        [
            0x05, 0xFC, 0x53, 0x6D, 0x88, 0x02, 0x38, 0xB1, 0x39, 0x33, 0xC6, 0xD3, 0x05, 0xAC, 0xDF, 0xD5,
            0xF0, 0x98, 0xEF, 0xF2, 0x89, 0xF4, 0xC3, 0x45, 0xB0, 0x27, 0xB2, 0xC2, 0x8F, 0x95, 0xE8, 0x26,
        ],
        [
            0x7A, 0x03, 0xAC, 0x92, 0x77, 0xFD, 0xC7, 0x4E, 0xC6, 0xCC, 0x39, 0x2C, 0xFA, 0x53, 0x20, 0x2A,
            0x0F, 0x67, 0x10, 0x0D, 0x76, 0x0B, 0x3C, 0xBA, 0x4F, 0xD8, 0x4D, 0x3D, 0x70, 0x6A, 0x17, 0xC7,
        ],
    ]
}
