import GatehouseBase
import Synchronization

/// Tells other nodes what was taken away, again until they were told.
final class InvalidationTeller<Store: RecordStore>: Sendable {
    private let store: Store
    private let invalidate: @Sendable (Invalidation) async throws -> Void
    /// The numbers of those that were told, and that the store still has.
    private let told = Mutex<Set<Int64>>([])
    private static var pageSize: Int { 256 }

    init(_ store: Store, _ invalidate: @escaping @Sendable (Invalidation) async throws -> Void) {
        self.store = store
        self.invalidate = invalidate
    }

    /// The numbers of those that were told: the next transaction may remove them, and then ``forget(_:)`` is due.
    var toldNumbers: [Int64] { told.withLock { Array($0) } }

    /// Forgets numbers that the store no longer has.
    func forget(_ numbers: [Int64]) { told.withLock { $0.subtract(numbers) } }

    /// Tells these, each whether or not another could not be told.
    ///
    /// - Throws: ``RecordStoreError`` with the code `untold` where one could not; the store keeps it.
    func tell(_ untold: [UntoldInvalidation]) async throws {
        var failure: (any Error)?
        for item in untold {
            do {
                try await invalidate(item.invalidation)
                told.withLock { _ = $0.insert(item.number) }
            } catch {
                failure = error
            }
        }
        guard let failure else { return }
        throw RecordStoreError(.untold, "\(failure)".inOneLine(), retryAfter: .seconds(1))
    }

    /// Tells everything that the store has and that was not told, also by a process before this one.
    ///
    /// - Throws: ``RecordStoreError``, after all of them were tried.
    func tellAll() async throws {
        try await removeTold()
        var failure: (any Error)?
        var last: Int64 = 0
        while true {
            let after = last
            let page = try await store.read { try $0.untold(after: after, limit: Self.pageSize) }
            guard let end = page.last else { break }
            do {
                try await tell(page.filter { item in !told.withLock { $0.contains(item.number) } })
            } catch {
                failure = error
            }
            last = end.number
        }
        try await removeTold()
        if let failure { throw failure }
    }

    /// Removes from the store those that were told.
    func removeTold() async throws {
        let numbers = toldNumbers
        guard !numbers.isEmpty else { return }
        try await store.write { try $0.removeUntold(numbers) }
        forget(numbers)
    }
}
