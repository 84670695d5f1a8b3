import CLibcrypto

/// RS256 by libcrypto itself, called in the cheapest safe way: SHA-256 of the bytes, then `EVP_PKEY_verify` on a duplicate of a context
/// that was set up once.
public final class RawVerification: @unchecked Sendable {
    // Unchecked: libcrypto only reads the context and the key.
    public struct Refused: Error {}

    private let context: OpaquePointer
    private let key: OpaquePointer

    public init(pem: String) throws {
        let bytes = Array(pem.utf8)
        guard let input = BIO_new_mem_buf(bytes, Int32(bytes.count)) else { throw Refused() }
        defer { BIO_free(input) }
        guard let key = PEM_read_bio_PUBKEY(input, nil, nil, nil), let context = EVP_PKEY_CTX_new(key, nil),
            EVP_PKEY_verify_init(context) == 1, EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1,
            EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1
        else { throw Refused() }
        self.key = key
        self.context = context
    }

    deinit {
        EVP_PKEY_CTX_free(context)
        EVP_PKEY_free(key)
    }

    /// SHA-256 of bytes; `true`, so that nobody can leave the call out.
    public static func digest(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
            SHA256(bytes.baseAddress, bytes.count, digest.baseAddress) != nil
        }
    }

    public func verify(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
            SHA256(message, message.count, digest.baseAddress)
            guard let copy = EVP_PKEY_CTX_dup(context) else { return false }
            defer { EVP_PKEY_CTX_free(copy) }
            return EVP_PKEY_verify(copy, signature, signature.count, digest.baseAddress, 32) == 1
        }
    }
}
