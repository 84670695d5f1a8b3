#if Curl
import CCurl
import Dispatch
import GatehouseTokens
import Synchronization

/// The thread that drives all transfers of a transport side by side, over connections that the transfers share.
///
/// The thread runs while there is a transfer, and the next transfer starts it again. Deadlines and cancellations do not depend on the
/// thread: a caller gets an outcome in time even while libcurl holds the thread, such as for a name server that does not answer.
///
/// The type is `@unchecked Sendable`, since only three places use the multi handle: ``drive()``, which never runs twice at once
/// (`isDriving`), `deinit`, when no thread drives, and `curl_multi_wakeup`, which libcurl allows from every thread.
final class TransferLoop: @unchecked Sendable {
    /// The number of a transfer, which exists before the transfer starts.
    typealias Ticket = UInt64

    typealias Continuation = CheckedContinuation<Transfer.Outcome, Never>

    /// A request to be sent.
    struct Job: Sendable {
        let ticket: Ticket
        let request: HTTPTransportRequest
        let configuration: CurlTransport.Configuration
        let deadline: ContinuousClock.Instant

        init(_ ticket: Ticket, _ request: HTTPTransportRequest, _ configuration: CurlTransport.Configuration) {
            self.ticket = ticket
            self.request = request
            self.configuration = configuration
            deadline = .now.advanced(by: min(request.deadline, .seconds(86_400)))
        }
    }

    /// The states of a transfer from its ticket to its end.
    private enum Phase {
        /// The transfer has not begun.
        case made
        /// The caller cancelled before the transfer began.
        case cancelled
        /// The transfer has begun, and the caller waits for its outcome.
        case waiting(Continuation)
    }

    private struct State {
        var nextTicket: Ticket = 0
        /// The phases of the transfers whose callers have no outcome yet.
        var phases: [Ticket: Phase] = [:]
        var jobs: [Job] = []
        var isDriving = false
    }

    /// True if libcurl's global start succeeded, which runs once in a process; false if there was no memory.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "gatehouse.curl")
    /// libcurl's multi handle; `nil` if libcurl could not start.
    private let multi: UnsafeMutableRawPointer?

    init() {
        multi = Self.isReady ? curl_multi_init() : nil
    }

    deinit {
        if let multi { curl_multi_cleanup(multi) }
    }

    func makeTicket() -> Ticket {
        state.withLock { state in
            state.nextTicket &+= 1
            state.phases[state.nextTicket] = .made
            return state.nextTicket
        }
    }

    /// The time after a deadline at which a caller gets an outcome without libcurl.
    private static let grace = DispatchTimeInterval.milliseconds(100)

    /// Takes a job, and passes its outcome to the continuation.
    func start(_ job: Job, _ continuation: Continuation) {
        let (isCancelled, starts) = state.withLock { state in
            if case .made? = state.phases[job.ticket] {
                state.phases[job.ticket] = .waiting(continuation)
            } else {
                state.phases[job.ticket] = nil
                return (true, false)
            }
            state.jobs.append(job)
            defer { state.isDriving = true }
            return (false, !state.isDriving)
        }
        if isCancelled { return continuation.resume(returning: Self.cancelled) }
        let time = DispatchTime.now() + ContinuousClock.now.duration(to: job.deadline).dispatchInterval
        DispatchQueue.global().asyncAfter(deadline: time + Self.grace) { [weak self, ticket = job.ticket] in
            self?.end(ticket, .failure(HTTPTransportError(.deadlineExceeded, "no whole answer came in time")))
        }
        if starts { queue.async { self.drive() } } else { wake() }
    }

    private static let cancelled = Transfer.Outcome.failure(
        HTTPTransportError(.cancelled, "the request was cancelled")
    )

    /// Ends a transfer whose caller no longer waits. A call after the transfer's end has no effect.
    func cancel(_ ticket: Ticket) {
        let isMade = state.withLock { state in
            guard case .made? = state.phases[ticket] else { return false }
            state.phases[ticket] = .cancelled
            return true
        }
        if !isMade, end(ticket, Self.cancelled) { wake() }
    }

    private func wake() {
        if let multi { curl_multi_wakeup(multi) }
    }

    /// Drives the transfers until none is left.
    private func drive() {
        gatehouse_curl_block_sigpipe()
        var transfers: [Transfer] = []
        while takeJobs(into: &transfers) {
            guard let multi else { continue }
            var count: Int32 = 0
            let code = curl_multi_perform(multi, &count)
            finish(&transfers, isBroken: code != CURLM_OK)
            if !transfers.isEmpty { curl_multi_poll(multi, nil, 0, 1_000, nil) }
        }
    }

    /// Takes the new jobs, and ends the cancelled transfers. Returns false if no work is left.
    private func takeJobs(into transfers: inout [Transfer]) -> Bool {
        let known = transfers.map(\.job.ticket)
        let (jobs, over, isDone) = state.withLock { state in
            let jobs = state.jobs.filter { state.phases[$0.ticket] != nil }
            let isDone = state.jobs.isEmpty && transfers.isEmpty
            state.jobs = []
            if isDone { state.isDriving = false }
            return (jobs, Set(known.filter { state.phases[$0] == nil }), isDone)
        }
        for job in jobs {
            guard let multi, let transfer = Transfer(job) else {
                end(job.ticket, .failure(HTTPTransportError(.connectionFailed, "libcurl has no memory for a request")))
                continue
            }
            if let failure = transfer.failure ?? transfer.add(to: multi) {
                end(job.ticket, .failure(failure))
            } else {
                transfers.append(transfer)
            }
        }
        guard !over.isEmpty, let multi else { return !isDone }
        for transfer in transfers where over.contains(transfer.job.ticket) { transfer.remove(from: multi) }
        transfers.removeAll { over.contains($0.job.ticket) }
        return !isDone
    }

    /// Ends the completed transfers, or all transfers if libcurl itself failed.
    private func finish(_ transfers: inout [Transfer], isBroken: Bool) {
        guard let multi else { return }
        var ended: [UnsafeMutableRawPointer: CURLcode] = [:]
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left)?.pointee {
            guard message.msg == CURLMSG_DONE, let handle = message.easy_handle else { continue }
            ended[handle] = message.data.result
        }
        transfers.removeAll { transfer in
            guard let code = ended[transfer.handle] ?? (isBroken ? CURLE_FAILED_INIT : nil) else { return false }
            transfer.remove(from: multi)
            end(transfer.job.ticket, transfer.outcome(code))
            return true
        }
    }

    /// Passes an outcome to a caller, unless the caller already has an outcome.
    @discardableResult
    private func end(_ ticket: Ticket, _ outcome: Transfer.Outcome) -> Bool {
        let phase = state.withLock { $0.phases.removeValue(forKey: ticket) }
        guard case .waiting(let continuation)? = phase else { return false }
        continuation.resume(returning: outcome)
        return true
    }
}

extension Duration {
    /// The duration in nanoseconds; 0 for a negative duration.
    fileprivate var dispatchInterval: DispatchTimeInterval {
        let (seconds, attoseconds) = components
        return .nanoseconds(
            Int(min(max(seconds, 0), 86_400)) * 1_000_000_000 + Int(max(attoseconds, 0) / 1_000_000_000)
        )
    }
}
#endif
