import GatehouseBase
import Synchronization

/// A publisher of invalidations to other nodes, which repeats each until it succeeds.
final class InvalidationTeller<Store: RecordStore>: Sendable {
    private let store: Store
    private let invalidate: @Sendable (Invalidation) async throws -> Void
    /// The numbers of the published invalidations that the store still has.
    private let told = Mutex<Set<Int64>>([])
    private static var pageSize: Int { 256 }

    init(_ store: Store, _ invalidate: @escaping @Sendable (Invalidation) async throws -> Void) {
        self.store = store
        self.invalidate = invalidate
    }

    /// The numbers of the published invalidations. The next transaction may remove them, and must then call ``forget(_:)``.
    var toldNumbers: [Int64] { told.withLock { Array($0) } }

    /// Forgets numbers that the store no longer has.
    func forget(_ numbers: [Int64]) { told.withLock { $0.subtract(numbers) } }

    /// Publishes invalidations. A failure of one does not keep the others from being published.
    ///
    /// - Throws: ``RecordStoreError`` with the code `untold` if an invalidation could not be published. The store keeps it.
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

    /// Publishes all invalidations of the store that were not published yet, including those of earlier processes.
    ///
    /// - Throws: ``RecordStoreError`` after all of them were tried.
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

    /// Removes the published invalidations from the store.
    func removeTold() async throws {
        let numbers = toldNumbers
        guard !numbers.isEmpty else { return }
        try await store.write { try $0.removeUntold(numbers) }
        forget(numbers)
    }
}
