import COpenSSL

/// The time and the key of an X.509 certificate (RFC 5280). No part of the certificate is verified.
package struct Certificate: Sendable {
    /// The time at which the certificate begins to be valid, in seconds since 1970.
    package let validFrom: Int64
    /// The time at which the certificate ceases to be valid, in seconds since 1970.
    package let validUntil: Int64
    /// The length of the public key.
    package let keyBits: Int
    /// True if the public key is for RSA.
    package let isRSA: Bool

    /// Reads the DER of one certificate; `nil` if the bytes are not a certificate, or if more bytes follow.
    package init?(der: [UInt8]) {
        guard let length = Int(exactly: der.count), length > 0, length <= 65_536 else { return nil }
        let certificate: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            guard let found = d2i_X509(nil, &next, length) else { return nil }
            guard next == buffer.baseAddress.map({ $0 + length }) else {
                X509_free(found)
                return nil
            }
            return found
        }
        guard let certificate else {
            ERR_clear_error()
            return nil
        }
        defer { X509_free(certificate) }
        guard let from = Self.seconds(X509_get0_notBefore(certificate)),
            let until = Self.seconds(X509_get0_notAfter(certificate)), let key = X509_get0_pubkey(certificate)
        else {
            ERR_clear_error()
            return nil
        }
        (validFrom, validUntil) = (from, until)
        keyBits = Int(EVP_PKEY_get_bits(key))
        isRSA = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        guard let time, let epoch = ASN1_TIME_set(nil, 0) else { return nil }
        defer { ASN1_STRING_free(epoch) }
        var (days, seconds): (Int32, Int32) = (0, 0)
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
        return Int64(days) * 86_400 + Int64(seconds)
    }
}
