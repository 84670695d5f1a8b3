#if Curl
import CCurl
import Dispatch
import GatehouseTokens
import Synchronization

/// The thread that drives transfers: all of a transport's, side by side, over connections that they share.
///
/// It runs while there is a transfer, and is started again by the next one.
///
/// Unchecked: the multi handle is used by ``drive()`` alone, which never runs twice at once (`isDriving`), by `deinit`, when
/// nothing drives, and by `curl_multi_wakeup`, which libcurl allows from every thread.
final class TransferLoop: @unchecked Sendable {
    /// Names a transfer from before its start.
    typealias Ticket = UInt64

    /// A request that waits for its answer.
    struct Job: Sendable {
        let ticket: Ticket
        let request: HTTPTransportRequest
        let configuration: CurlTransport.Configuration
        let deadline: ContinuousClock.Instant
        private let continuation: CheckedContinuation<Transfer.Outcome, Never>

        init(
            _ ticket: Ticket,
            _ request: HTTPTransportRequest,
            _ configuration: CurlTransport.Configuration,
            _ continuation: CheckedContinuation<Transfer.Outcome, Never>
        ) {
            self.ticket = ticket
            self.request = request
            self.configuration = configuration
            self.continuation = continuation
            deadline = .now.advanced(by: min(request.deadline, .seconds(86_400)))
        }

        func end(_ outcome: Transfer.Outcome) { continuation.resume(returning: outcome) }
    }

    private struct State {
        var nextTicket: Ticket = 0
        /// Transfers that were begun and have no outcome yet. `true` for those whose caller is gone.
        var isCancelled: [Ticket: Bool] = [:]
        var jobs: [Job] = []
        var isDriving = false
    }

    /// libcurl's own start, once a process; `false` where there is no memory for it.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "gatehouse.curl")
    /// `nil` where libcurl could not start.
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
            state.isCancelled[state.nextTicket] = false
            return state.nextTicket
        }
    }

    /// Takes a job; its outcome comes through its continuation.
    func start(_ job: Job) {
        let starts = state.withLock { state in
            state.jobs.append(job)
            defer { state.isDriving = true }
            return !state.isDriving
        }
        if starts { queue.async { self.drive() } } else { wake() }
    }

    /// Ends a transfer whose caller no longer waits; no effect after its end.
    func cancel(_ ticket: Ticket) {
        let isUnderWay = state.withLock { state in
            guard state.isCancelled[ticket] != nil else { return false }
            state.isCancelled[ticket] = true
            return state.isDriving
        }
        if isUnderWay { wake() }
    }

    private func wake() {
        if let multi { curl_multi_wakeup(multi) }
    }

    /// Works until no transfer is left.
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

    /// Takes the jobs that came, and ends those that were cancelled; `false` where nothing is left to do.
    private func takeJobs(into transfers: inout [Transfer]) -> Bool {
        let (jobs, cancelled, isDone) = state.withLock { state in
            let jobs = state.jobs
            state.jobs = []
            let cancelled = Set(state.isCancelled.filter(\.value).map(\.key))
            let isDone = jobs.isEmpty && transfers.isEmpty
            if isDone { state.isDriving = false }
            return (jobs, cancelled, isDone)
        }
        for job in jobs {
            guard let multi, let transfer = Transfer(job) else {
                end(job, .failure(HTTPTransportError(.connectionFailed, "libcurl has no memory for a request")))
                continue
            }
            if let failure = transfer.failure ?? transfer.add(to: multi) {
                end(job, .failure(failure))
            } else {
                transfers.append(transfer)
            }
        }
        guard !cancelled.isEmpty, let multi else { return !isDone }
        for transfer in transfers where cancelled.contains(transfer.job.ticket) {
            transfer.remove(from: multi)
            end(transfer.job, .failure(HTTPTransportError(.cancelled, "the request was cancelled")))
        }
        transfers.removeAll { cancelled.contains($0.job.ticket) }
        return !isDone
    }

    /// Ends the transfers that are over, or all of them where libcurl itself failed.
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
            end(transfer.job, transfer.outcome(code))
            return true
        }
    }

    private func end(_ job: Job, _ outcome: Transfer.Outcome) {
        state.withLock { state in _ = state.isCancelled.removeValue(forKey: job.ticket) }
        job.end(outcome)
    }
}
#endif
