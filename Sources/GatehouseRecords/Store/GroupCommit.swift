import Synchronization

/// A group commit, by which callers at the same time share one transaction. A caller that comes during a transaction waits for the next.
///
/// There is no separate task: one of the callers writes the items of all waiting callers, and then makes another waiting caller the next
/// writer.
final class GroupCommit<Item: Sendable, Result: Sendable>: Sendable {
    private enum Wake: Sendable {
        /// The caller writes the next batch, which contains its item. The batch is the first, or has the items that came during the last
        /// write.
        case lead(isFirst: Bool)
        case done(Swift.Result<Result, any Error>)
    }

    private struct Waiting {
        let item: Item
        let continuation: CheckedContinuation<Wake, Never>?
    }

    private struct State {
        var isLed = false
        var waiting: [Waiting] = []
        /// The number of items that wait or are being written.
        var count = 0
        /// The number of items that callers are preparing and will submit at once.
        var expected = 0
    }

    /// The number of turns of other tasks before the first leader writes: at least, and at most while items are expected.
    private static var yields: (least: Int, most: Int) { (2, 200) }

    private let state = Mutex(State())
    private let maximumBatch: Int
    private let maximumCount: Int
    private let write: @Sendable ([Item]) async throws -> [Result]

    /// Makes a group commit.
    ///
    /// - Parameters:
    ///   - maximumBatch: The largest number of items in a transaction.
    ///   - maximumCount: The largest number of waiting items. A further item is refused.
    ///   - write: A closure that writes items, and returns as many results.
    init(
        maximumBatch: Int = 64,
        maximumCount: Int = 10_000,
        write: @escaping @Sendable ([Item]) async throws -> [Result]
    ) {
        self.maximumBatch = max(1, maximumBatch)
        self.maximumCount = max(1, maximumCount)
        self.write = write
    }

    /// Says that the caller makes an item ready, without waiting for anything. The first transaction waits for that item for a short time.
    func expect() { state.withLock { $0.expected += 1 } }

    /// Undoes a call of ``expect()``.
    func expectNoLonger() { state.withLock { $0.expected -= 1 } }

    /// Writes an item together with others, and returns after it is durable.
    ///
    /// - Parameter wasExpected: True if the caller called ``expect()`` and did not undo the call.
    /// - Throws: ``RecordStoreError`` with the code `full` if too many items wait, and the errors of the write.
    func submit(_ item: Item, wasExpected: Bool = false) async throws -> Result {
        let isRefused = state.withLock { state in
            if state.count >= maximumCount {
                if wasExpected { state.expected -= 1 }
                return true
            }
            state.count += 1
            return false
        }
        if isRefused { throw RecordStoreError(.full, "\(maximumCount) writes wait", retryAfter: .seconds(1)) }
        defer { state.withLock { $0.count -= 1 } }
        let wake = await withCheckedContinuation { continuation in
            let leads = state.withLock { state in
                if wasExpected { state.expected -= 1 }
                if !state.isLed {
                    state.isLed = true
                    return true
                }
                state.waiting.append(Waiting(item: item, continuation: continuation))
                return false
            }
            if leads { continuation.resume(returning: .lead(isFirst: true)) }
        }
        switch wake {
        case .done(let result): return try result.get()
        case .lead(let isFirst): return try await lead(item, isFirst: isFirst)
        }
    }

    private func lead(_ item: Item, isFirst: Bool) async throws -> Result {
        if isFirst { await gather() }
        let batch = state.withLock { state in
            let batch = Array(state.waiting.prefix(maximumBatch - 1))
            state.waiting.removeFirst(batch.count)
            return batch
        }
        let results: Swift.Result<[Result], any Error>
        do {
            let written = try await write([item] + batch.map(\.item))
            guard written.count == batch.count + 1 else {
                throw RecordStoreError(.corrupt, "a batch of \(batch.count + 1) gave \(written.count) results")
            }
            results = .success(written)
        } catch {
            results = .failure(error)
        }
        handOn()
        for (index, waiting) in batch.enumerated() {
            waiting.continuation?.resume(returning: .done(results.map { $0[index + 1] }))
        }
        return try results.get()[0]
    }

    /// Gives other tasks a turn, so that callers that are about to submit share the first transaction.
    private func gather() async {
        for yield in 0..<Self.yields.most {
            let isAwaiting = state.withLock { $0.expected > 0 && $0.waiting.count < maximumBatch - 1 }
            guard isAwaiting || yield < Self.yields.least else { break }
            await Task.yield()
        }
    }

    /// Makes the first waiting caller the next writer. If no caller waits, the next caller becomes the writer.
    private func handOn() {
        let next = state.withLock { state -> Waiting? in
            guard let next = state.waiting.first else {
                state.isLed = false
                return nil
            }
            state.waiting.removeFirst()
            return next
        }
        next?.continuation?.resume(returning: .lead(isFirst: false))
    }
}
