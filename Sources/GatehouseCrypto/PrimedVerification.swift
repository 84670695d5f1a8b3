import COpenSSL
import Synchronization

/// The contexts with which libcrypto verifies under one scheme with one key, set up once: the set-up costs more than hashing a
/// token.
///
/// `@unchecked Sendable`: after `init` the context is only read. Each verification works on a duplicate that nobody else
/// has, which libcrypto makes by reading the original and counting references atomically.
final class PrimedVerification: @unchecked Sendable {
    let scheme: SignatureScheme
    private let context: Context
    /// The contexts that wait for the next verification. A context that refused anything is not used again.
    private let idle = Mutex<[VerificationContext]>([])
    /// The greatest number of contexts that wait: as many as verify at once on a large machine.
    private static let maximumIdleCount = 64

    private enum Context {
        /// `EVP_PKEY_CTX`, for a digest that was made beforehand.
        case ofDigest(OpaquePointer)
        /// `EVP_MD_CTX`, for a scheme that wants the message itself.
        case ofMessage(OpaquePointer)
    }

    /// Makes contexts for a key; `nil` if libcrypto does not verify so with this `EVP_PKEY`, which the contexts keep alive.
    init?(_ scheme: SignatureScheme, key: OpaquePointer) {
        self.scheme = scheme
        let context = scheme.digest == nil ? Self.contextOfMessage(key) : Self.contextOfDigest(scheme, key)
        guard let context else {
            ERR_clear_error()
            return nil
        }
        self.context = context
    }

    deinit {
        switch context {
        case .ofDigest(let context): EVP_PKEY_CTX_free(context)
        case .ofMessage(let context): EVP_MD_CTX_free(context)
        }
        for context in idle.withLock({ $0 }) { context.free() }
    }

    /// Returns true if the signature, in the form that libcrypto reads, is one of the message.
    func holds(_ signature: UnsafeBufferPointer<UInt8>, of message: UnsafeBufferPointer<UInt8>) -> Bool {
        let holds =
            switch (context, scheme.digest) {
            case (.ofDigest(let context), let digest?): verify(signature, of: message, digest, context)
            case (.ofMessage(let context), nil): Self.verify(signature, of: message, context) == 1
            case (.ofDigest, nil), (.ofMessage, _?): false  // by `init`, there is no such verification
            }
        if !holds { ERR_clear_error() }  // the queue belongs to the thread, and others read it
        return holds
    }

    private func verify(
        _ signature: UnsafeBufferPointer<UInt8>,
        of message: UnsafeBufferPointer<UInt8>,
        _ digest: Digest,
        _ primed: OpaquePointer
    ) -> Bool {
        let waiting = idle.withLock { $0.popLast() }
        guard let context = waiting ?? VerificationContext(duplicating: primed) else { return false }
        let holds = context.holds(signature, of: message, digest)
        if !holds || !keep(context) { context.free() }
        return holds
    }

    /// Keeps a context for the next verification; false if there is no room.
    private func keep(_ context: VerificationContext) -> Bool {
        idle.withLock { idle in
            guard idle.count < Self.maximumIdleCount else { return false }
            idle.append(context)
            return true
        }
    }

    private static func verify(
        _ signature: UnsafeBufferPointer<UInt8>,
        of message: UnsafeBufferPointer<UInt8>,
        _ primed: OpaquePointer
    ) -> Int32? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_MD_CTX_copy_ex(context, primed) == 1 else { return nil }
        return EVP_DigestVerify(context, signature.baseAddress, signature.count, message.baseAddress, message.count)
    }

    private static func contextOfDigest(_ scheme: SignatureScheme, _ key: OpaquePointer) -> Context? {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { return nil }
        guard EVP_PKEY_verify_init(context) == 1, scheme.configure(context) else {
            EVP_PKEY_CTX_free(context)
            return nil
        }
        return .ofDigest(context)
    }

    private static func contextOfMessage(_ key: OpaquePointer) -> Context? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        guard EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else {
            EVP_MD_CTX_free(context)
            return nil
        }
        return .ofMessage(context)
    }
}

extension SignatureScheme {
    /// Sets padding and digests of an `EVP_PKEY_CTX` that is about to sign or verify; false where it takes none of them.
    func configure(_ context: OpaquePointer) -> Bool {
        guard let digest, let algorithm = digest.algorithm,
            EVP_PKEY_CTX_set_signature_md(context, algorithm) == 1
        else { return digest == nil }
        switch self {
        case .pkcs1:
            return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        case .pss:
            return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(context, algorithm) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, Int32(digest.byteCount)) == 1
        case .ecdsa, .ed25519:
            return true
        }
    }
}
