import GatehouseCrypto

/// The right edge of a Merkle tree (RFC 6962 section 2.1): the roots of the whole trees that a number of leaves is made of.
public struct MerkleFrontier: Sendable, Hashable {
    static let hashByteCount = 32

    /// The number of leaves.
    public private(set) var size: Int64
    /// The roots, the largest tree first. Each bit of the size has one root.
    public private(set) var roots: [[UInt8]]

    /// Makes a frontier without leaves.
    public init() {
        size = 0
        roots = []
    }

    /// Makes a stored frontier; `nil` if the roots do not fit the size.
    public init?(size: Int64, roots: [[UInt8]]) {
        guard size >= 0, size.nonzeroBitCount == roots.count,
            roots.allSatisfy({ $0.count == Self.hashByteCount })
        else { return nil }
        self.size = size
        self.roots = roots
    }

    /// Makes a frontier from its roots one after another, which is the form in stores.
    package init?(size: Int64, bytes: [UInt8]) {
        let count = Self.hashByteCount
        self.init(
            size: size,
            roots: stride(from: 0, to: bytes.count, by: count).map { Array(bytes[$0..<min($0 + count, bytes.count)]) }
        )
    }

    /// The roots one after another.
    package var bytes: [UInt8] { roots.flatMap { $0 } }

    /// Adds a leaf by its hash.
    ///
    /// - Throws: ``RecordStoreError`` if libcrypto fails, or if the size was changed so that it cannot grow.
    public mutating func append(leafHash: [UInt8]) throws(RecordStoreError) {
        let (size, overflow) = self.size.addingReportingOverflow(1)
        guard !overflow else { throw RecordStoreError(.corrupt, "a chain has more records than can be counted") }
        var node = leafHash
        var bits = self.size
        while bits & 1 == 1, let left = roots.popLast() {
            node = try Self.node(left, node)
            bits >>= 1
        }
        roots.append(node)
        self.size = size
    }

    /// Returns the root of the tree; of no leaves, the hash of nothing.
    ///
    /// - Throws: ``RecordStoreError`` if libcrypto fails.
    public func root() throws(RecordStoreError) -> [UInt8] {
        guard var root = roots.last else {
            guard let empty = SHA256Digest(of: [])?.bytes else { throw .cryptography }
            return empty
        }
        for left in roots.dropLast().reversed() { root = try Self.node(left, root) }
        return root
    }

    private static func node(_ left: [UInt8], _ right: [UInt8]) throws(RecordStoreError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1 + left.count + right.count)
        bytes.append(1)
        bytes += left
        bytes += right
        guard let hash = SHA256Digest(of: bytes)?.bytes else { throw .cryptography }
        return hash
    }
}

extension RecordStoreError {
    static var cryptography: Self { Self(.unavailable, "libcrypto failed") }
}
