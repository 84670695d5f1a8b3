/// A cache of a million entries, and one with two threads: how much memory, how fast a whole organization is forgotten while
/// others read, and what a second thread adds.
enum CacheScale {
    static func passes() async throws -> Bool {
        var passed = try await Throughput.passes()
        passed = try await MillionEntries.passes() && passed
        return try await StaleGrants.passes() && passed
    }
}
