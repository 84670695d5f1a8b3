import COpenSSL

/// An ECDSA signature that libcrypto made.
struct ECDSASignature {
    private let r: BigNumber
    private let s: BigNumber

    /// Reads DER (RFC 3279 section 2.2.3); `nil` for other bytes.
    init?(der: [UInt8]) {
        let numbers: (BigNumber, BigNumber)? = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            guard let signature = d2i_ECDSA_SIG(nil, &cursor, buffer.count) else {
                ERR_clear_error()
                return nil
            }
            defer { ECDSA_SIG_free(signature) }
            guard let r = BigNumber(copying: ECDSA_SIG_get0_r(signature)),
                let s = BigNumber(copying: ECDSA_SIG_get0_s(signature))
            else { return nil }
            return (r, s)
        }
        guard let numbers else { return nil }
        (r, s) = numbers
    }

    /// Returns `r` and `s` at full length, one after the other (RFC 7518 section 3.4).
    func raw(coordinateByteCount count: Int) -> [UInt8] {
        r.bytes(atLeast: count) + s.bytes(atLeast: count)
    }
}
