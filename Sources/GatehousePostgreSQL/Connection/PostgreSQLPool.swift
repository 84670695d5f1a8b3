#if PostgreSQL
import Dispatch
import Foundation
import GatehouseRecords
import Synchronization

/// Connections, each on a thread of its own, since libpq's calls block. What is to be done waits in one line.
final class PostgreSQLPool: Sendable {
    private let line: PostgreSQLLine

    /// Makes a pool. A thread and its connection come when they are first needed.
    ///
    /// - Parameters:
    ///   - size: How many connections there are at most.
    ///   - limit: How long a statement may take, and how long a job waits for a connection.
    ///   - maximumWaiting: How many jobs may wait; one beyond is refused.
    init(_ settings: PostgreSQLSettings, size: Int, limit: Duration, maximumWaiting: Int) {
        line = PostgreSQLLine(settings, size: max(1, size), limit: limit, maximumWaiting: max(1, maximumWaiting))
    }

    deinit { line.close() }

    /// Runs a job with a connection that is ready, on that connection's thread.
    ///
    /// - Parameter isCancellable: True if the end of the calling task ends what the server does.
    /// - Throws: `RecordStoreError` where there is no connection, and the errors of the job.
    func run<Value: Sendable>(
        isCancellable: Bool,
        _ job: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        let handle = PostgreSQLJob.Handle()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                line.add(
                    PostgreSQLJob(handle) { connection in
                        continuation.resume(with: Result { try job(try connection.get()) })
                    }
                )
            }
        } onCancel: {
            if isCancellable { handle.cancel() }
        }
    }
}

/// A thing to be done with a connection.
struct PostgreSQLJob: Sendable {
    /// What a caller ends a job by.
    final class Handle: Sendable {
        private struct State {
            var isCancelled = false
            var running: PostgreSQLCancellation?
        }

        private let state = Mutex(State())

        func cancel() {
            let running = state.withLock { state in
                state.isCancelled = true
                return state.running
            }
            guard let running else { return }
            // The call blocks, and this thread may be one of Swift's own.
            DispatchQueue.global().async { running.cancel() }
        }

        /// False if the job was ended before it began.
        fileprivate func begin(_ cancellation: PostgreSQLCancellation?) -> Bool {
            state.withLock { state in
                state.running = cancellation
                return !state.isCancelled
            }
        }

        fileprivate func end() { state.withLock { $0.running = nil } }
    }

    let handle: Handle
    let enqueued = ContinuousClock.now
    let body: @Sendable (Result<PostgreSQLConnection, any Error>) -> Void

    init(_ handle: Handle, _ body: @escaping @Sendable (Result<PostgreSQLConnection, any Error>) -> Void) {
        (self.handle, self.body) = (handle, body)
    }

    fileprivate func run(_ connection: PostgreSQLConnection) {
        guard handle.begin(connection.makeCancellation()) else { return body(.failure(CancellationError())) }
        body(.success(connection))
        handle.end()
    }
}

/// The jobs that wait, and the threads that do them.
private final class PostgreSQLLine: Sendable {
    private struct State {
        var jobs: [PostgreSQLJob] = []
        var threads = 0
        var idle = 0
        var isClosed = false
    }

    private let settings: PostgreSQLSettings
    private let size: Int
    private let limit: Duration
    private let maximumWaiting: Int
    private let state = Mutex(State())
    /// Counts the jobs, and at the end the threads.
    private let news = DispatchSemaphore(value: 0)

    init(_ settings: PostgreSQLSettings, size: Int, limit: Duration, maximumWaiting: Int) {
        (self.settings, self.size, self.limit, self.maximumWaiting) = (settings, size, limit, maximumWaiting)
    }

    func add(_ job: PostgreSQLJob) {
        let (isTaken, needsThread) = state.withLock { state in
            guard !state.isClosed, state.jobs.count < maximumWaiting else { return (false, false) }
            state.jobs.append(job)
            let needsThread = state.idle < state.jobs.count && state.threads < size
            if needsThread { state.threads += 1 }
            return (true, needsThread)
        }
        guard isTaken else {
            return job.body(
                .failure(RecordStoreError(.full, "\(maximumWaiting) wait for PostgreSQL", retryAfter: .seconds(1)))
            )
        }
        if needsThread { Thread.detachNewThread { self.work() } }
        news.signal()
    }

    func close() {
        let threads = state.withLock { state in
            state.isClosed = true
            return state.threads
        }
        for _ in 0..<threads { news.signal() }
    }

    /// The life of a thread: a job after another, with a connection that is kept.
    private func work() {
        var connection: PostgreSQLConnection?
        while let job = next() {
            if job.enqueued.duration(to: .now) > limit {
                job.body(.failure(RecordStoreError.lost("no connection was free in time")))
                continue
            }
            do {
                let ready = try ready(&connection)
                job.run(ready)
                // A transaction that could not be ended, or a broken connection, is nobody's.
                if !ready.isUsable || ready.isInTransaction { connection = nil }
            } catch {
                job.body(.failure(error))
            }
        }
    }

    /// The next job; `nil` at the end of the pool, once all is done.
    private func next() -> PostgreSQLJob? {
        state.withLock { $0.idle += 1 }
        defer { state.withLock { $0.idle -= 1 } }
        while true {
            news.wait()
            let (job, isOver) = state.withLock { state in
                state.jobs.isEmpty ? (nil, state.isClosed) : (state.jobs.removeFirst(), false)
            }
            if let job { return job }
            if isOver { return nil }
        }
    }

    /// A connection that works: one that the server ended while nobody used it is replaced before anything is asked.
    private func ready(_ held: inout PostgreSQLConnection?) throws -> PostgreSQLConnection {
        if let connection = held, (try? connection.consume()) != nil { return connection }
        held = nil
        let connection = try PostgreSQLConnection(settings, limit: limit)
        held = connection
        return connection
    }
}
#endif
