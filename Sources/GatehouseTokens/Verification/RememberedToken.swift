import GatehouseBase
import GatehouseCrypto

/// A verified token, with the time from which the token may be forgotten.
final class RememberedToken: Sendable {
    let token: VerifiedToken
    let digest: SHA256Digest
    let key: UInt64
    /// The time from which the token has expired by every clock, in Unix seconds.
    let end: Double
    /// The memory of the token in bytes, this instance included.
    let byteCount: Int

    /// Makes a remembered token.
    ///
    /// - Parameter token: A token without spare memory.
    init(_ token: VerifiedToken, key: UInt64, digest: SHA256Digest, end: Double) {
        self.token = token
        self.digest = digest
        self.key = key
        self.end = end
        let words = MemoryLayout<UInt64>.stride + MemoryLayout<Double>.stride + MemoryLayout<Int>.stride
        byteCount =
            HeapMemory.instance(MemoryLayout<VerifiedToken>.stride + MemoryLayout<SHA256Digest>.stride + words)
            + token.byteCount
    }
}
