import COpenSSL
import Synchronization

/// The contexts with which libcrypto verifies by one scheme and one key. They are set up once, since the set-up costs more than the hash of
/// a token.
///
/// The type is `@unchecked Sendable`, since the context is only read after `init`. Each verification has its own duplicate. libcrypto makes
/// a duplicate by reading the original and counting references atomically.
final class PrimedVerification: @unchecked Sendable {
    let scheme: SignatureScheme
    private let context: Context
    /// The contexts that wait for the next verification. A context that refused a signature is not used again.
    private let idle = Mutex<[VerificationContext]>([])
    /// The largest number of waiting contexts: as many verifications run at once on a large machine.
    private static let maximumIdleCount = 64

    private enum Context {
        /// An `EVP_PKEY_CTX`, for a digest that was made before.
        case ofDigest(OpaquePointer)
        /// An `EVP_MD_CTX`, for a scheme that takes the message itself.
        case ofMessage(OpaquePointer)
    }

    /// Makes contexts for a key, which they keep alive; `nil` if libcrypto does not verify with this scheme and `EVP_PKEY`.
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

    /// Returns true if the signature, in libcrypto's form, is a signature of the message.
    func holds(_ signature: UnsafeBufferPointer<UInt8>, of message: UnsafeBufferPointer<UInt8>) -> Bool {
        let holds =
            switch (context, scheme.digest) {
            case (.ofDigest(let context), let digest?): verify(signature, of: message, digest, context)
            case (.ofMessage(let context), nil): Self.verify(signature, of: message, context) == 1
            case (.ofDigest, nil), (.ofMessage, _?): false  // `init` makes no such combination
            }
        if !holds { ERR_clear_error() }  // the error queue belongs to the thread, and other code reads it
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

    /// Keeps a context for the next verification. Returns false if there is no room.
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
    /// Sets padding and digests of an `EVP_PKEY_CTX` for signing or verifying. Returns false if libcrypto refuses them.
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
