#if PostgreSQL
import Dispatch
import Foundation
import GatehouseRecords
import Synchronization

/// A pool of connections. Each has its own thread, since libpq's calls block. The jobs wait in one line.
final class PostgreSQLPool: Sendable {
    private let line: PostgreSQLLine

    /// Makes a pool. A thread and its connection are made when they are first needed.
    ///
    /// - Parameters:
    ///   - settings: The parameters of the connections.
    ///   - size: The largest number of connections.
    ///   - limit: The longest time of a statement, and the longest time for which a job waits for a connection.
    ///   - maximumWaiting: The largest number of waiting jobs. A further job is refused.
    init(_ settings: PostgreSQLSettings, size: Int, limit: Duration, maximumWaiting: Int) {
        line = PostgreSQLLine(settings, size: max(1, size), limit: limit, maximumWaiting: max(1, maximumWaiting))
    }

    deinit { line.close() }

    /// Runs a job on a connection's thread, with that connection.
    ///
    /// - Parameter isCancellable: True if a cancellation of the calling task cancels the work of the server.
    /// - Throws: `RecordStoreError` if there is no connection, and the errors of the job.
    func run<Value: Sendable>(
        isCancellable: Bool,
        _ job: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        let handle = PostgreSQLJob.Handle()
        do {
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { submit(job, handle, $0, isFirst: true) }
            } onCancel: {
                if isCancellable { handle.cancel() }
            }
        } catch let error as StaleConnection {
            throw error.cause
        }
    }

    /// Puts a job in the line. The job is put in the line once more if its connection was dead before any statement was sent.
    private func submit<Value: Sendable>(
        _ job: @escaping @Sendable (PostgreSQLConnection) throws -> Value,
        _ handle: PostgreSQLJob.Handle,
        _ continuation: CheckedContinuation<Value, any Error>,
        isFirst: Bool
    ) {
        line.add(
            PostgreSQLJob(handle) { connection in
                let result = Result { try job(try connection.get()) }
                return {
                    if isFirst, case .failure(let error) = result, error is StaleConnection {
                        self.submit(job, handle, continuation, isFirst: false)
                    } else {
                        continuation.resume(with: result)
                    }
                }
            }
        )
    }
}

/// A piece of work that needs a connection.
struct PostgreSQLJob: Sendable {
    /// The handle with which a caller cancels a job.
    final class Handle: Sendable {
        private struct State {
            var isCancelled = false
            var running: PostgreSQLCancellation?
            var wasInterrupted = false
        }

        private let state = Mutex(State())

        /// The time between two requests to the server to cancel its work.
        private static let pause = DispatchTimeInterval.milliseconds(100)

        func cancel() {
            let isRunning = state.withLock { state in
                state.isCancelled = true
                return state.running != nil
            }
            // The request blocks, and this thread may belong to Swift's thread pool.
            if isRunning { DispatchQueue.global().async { self.interrupt() } }
        }

        /// Asks the server to cancel its work, again and again until the job is over. A request between two statements cancels neither of
        /// them.
        private func interrupt() {
            // The request goes out without the lock, since an answer may never come: the job ends at its limit all the same. Nobody uses the
            // connection afterwards, so that a late request reaches no other job.
            let running = state.withLock { state in
                state.wasInterrupted = state.wasInterrupted || state.running != nil
                return state.running
            }
            guard let running else { return }
            running.cancel()
            DispatchQueue.global().asyncAfter(deadline: .now() + Self.pause) { self.interrupt() }
        }

        /// Returns false if the job was cancelled before it began.
        fileprivate func begin(_ cancellation: PostgreSQLCancellation?) -> Bool {
            state.withLock { state in
                guard !state.isCancelled else { return false }
                state.running = cancellation
                return true
            }
        }

        /// Returns true if the server was asked to cancel its work. The server may act on that only at the next statement.
        fileprivate func end() -> Bool {
            state.withLock { state in
                state.running = nil
                return state.wasInterrupted
            }
        }
    }

    let handle: Handle
    let enqueued = ContinuousClock.now
    /// Does the work, and returns a closure that passes the result to the caller.
    let body: @Sendable (Result<PostgreSQLConnection, any Error>) -> (() -> Void)

    init(_ handle: Handle, _ body: @escaping @Sendable (Result<PostgreSQLConnection, any Error>) -> (() -> Void)) {
        (self.handle, self.body) = (handle, body)
    }

    fileprivate func fail(_ error: any Error) { body(.failure(error))() }

    /// Runs the job.
    ///
    /// - Returns: True if the connection can be used again.
    fileprivate func run(_ connection: PostgreSQLConnection) -> Bool {
        guard handle.begin(connection.makeCancellation()) else {
            fail(CancellationError())
            return true
        }
        let tell = body(.success(connection))
        let wasInterrupted = handle.end()
        tell()
        // A connection that is broken, or whose transaction could not be ended, is not used again.
        return !wasInterrupted && connection.isUsable && !connection.isInTransaction
    }
}

/// The waiting jobs, and the threads that run them.
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
    /// A semaphore that counts the jobs, and at the end the threads.
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
            return job.fail(
                RecordStoreError(.full, "\(maximumWaiting) wait for PostgreSQL", retryAfter: .seconds(1))
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

    /// Runs the jobs of a thread, one after another, with a connection that the thread keeps.
    private func work() {
        var connection: PostgreSQLConnection?
        while let job = next() {
            if job.enqueued.duration(to: .now) > limit {
                job.fail(RecordStoreError.lost("no connection was free in time"))
                continue
            }
            do {
                let isGood = job.run(try ready(&connection))
                if !isGood { connection = nil }
            } catch {
                job.fail(error)
            }
        }
    }

    /// Returns the next job; `nil` after the pool was closed and all jobs are done.
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

    /// Returns a working connection. A connection that the server ended while idle is replaced before it is used.
    private func ready(_ held: inout PostgreSQLConnection?) throws -> PostgreSQLConnection {
        if let connection = held, !connection.isEnded() { return connection }
        held = nil
        let connection = try PostgreSQLConnection(settings, limit: limit)
        held = connection
        return connection
    }
}
#endif
