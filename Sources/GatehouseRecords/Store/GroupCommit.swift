import Synchronization

/// Lets callers who come at the same time share one transaction: whoever comes while one is under way waits for the next.
///
/// No task of its own runs: one of the callers writes for all that wait, and then hands on to one of those who came meanwhile.
final class GroupCommit<Item: Sendable, Result: Sendable>: Sendable {
    private enum Wake: Sendable {
        /// Write the next batch, of which the caller's item is one: the first, or what came while another was written.
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
        /// How many wait or are being written.
        var count = 0
        /// How many are made ready by callers who will come at once.
        var expected = 0
    }

    /// How often others may run before the first leader writes: at least, and while some are expected.
    private static var yields: (least: Int, most: Int) { (2, 200) }

    private let state = Mutex(State())
    private let maximumBatch: Int
    private let maximumCount: Int
    private let write: @Sendable ([Item]) async throws -> [Result]

    /// - Parameters:
    ///   - maximumBatch: How many items share a transaction.
    ///   - maximumCount: How many may wait; beyond, an item is refused.
    ///   - write: Writes items, and gives as many results.
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

    /// Takes back what ``expect()`` said.
    func expectNoLonger() { state.withLock { $0.expected -= 1 } }

    /// Writes an item together with others, and returns once it is durable.
    ///
    /// - Parameter wasExpected: True if the caller said so, and did not take it back.
    /// - Throws: ``RecordStoreError`` with the code `full` where too many wait, and the errors of the write.
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

    /// Lets others come: whoever is ready to come shares the first transaction, which the first of many would have alone otherwise.
    private func gather() async {
        for yield in 0..<Self.yields.most {
            let isAwaiting = state.withLock { $0.expected > 0 && $0.waiting.count < maximumBatch - 1 }
            guard isAwaiting || yield < Self.yields.least else { break }
            await Task.yield()
        }
    }

    /// Makes the first of those who wait the next to write; without any, the next who comes.
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
