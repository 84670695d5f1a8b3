/// A name with its hash and its bytes in memory of its own, so that to look it up touches no reference count: the bytes of
/// a `String` cannot be read without.
final class NameBytes: Sendable {
    let name: String
    let hash: UInt64
    /// Written in the initializer alone and freed by `deinit`: safe to read from any thread.
    private nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>

    init(_ name: String) {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: name.utf8.count)
        _ = copy.initialize(from: name.utf8)
        bytes = UnsafeBufferPointer(copy)
        hash = ByteHash.unkeyed.hash(bytes)
        self.name = name
    }

    deinit { bytes.deallocate() }

    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Result) -> Result {
        withExtendedLifetime(self) { body(bytes, hash) }
    }
}
