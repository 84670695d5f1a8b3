import GatehouseCrypto

extension PolicyRevision {
    /// Makes the revision of a policy: the SHA-256 of its ``PolicyContent``.
    ///
    /// - Throws: ``PolicyError`` if `digest` returns `nil`. No other revision replaces it.
    init(
        of policy: Policy,
        digest: (UnsafeBufferPointer<UInt8>) -> SHA256Digest? = { SHA256Digest(of: $0) }
    ) throws(PolicyError) {
        guard let digest = PolicyContent(of: policy).bytes.withUnsafeBufferPointer(digest) else {
            throw PolicyError(failure: "the policy's revision cannot be computed, as libcrypto's SHA-256 fails")
        }
        self.init(wellFormed: digest.hexadecimalText)
    }
}
