import Synchronization

/// A memory of which organizations demand a second factor of their members, bounded in number and time. Only one question about an
/// organization is open at a time, however many requests wait.
///
/// ```swift
/// let authorizer = try Authorizer(policy: policy, secondFactor: SecondFactorDemands(DirectorySecondFactor(records, issuer: issuer)))
/// ```
///
/// A user who acts for an organization that demands a second factor must have proved one (``Reverification/Level/secondFactorStrict``) for
/// everything that is not public. Machines have no factors, and nothing is demanded of them.
public final class SecondFactorDemands: Sendable {
    /// The bounds of the memory.
    public struct Configuration: Sendable {
        /// The time for which an answer counts.
        public var timeToLive: Duration
        /// The time for which a source is not asked again after it failed.
        public var pause: Duration
        /// The number of organizations that are remembered at most.
        public var maximumEntries: Int
        /// The number of questions that may be open at once; a request beyond them is 503.
        public var maximumLoads: Int

        /// Makes a configuration.
        public init(
            timeToLive: Duration = .seconds(60),
            pause: Duration = .seconds(1),
            maximumEntries: Int = 10_000,
            maximumLoads: Int = 256
        ) {
            (self.timeToLive, self.pause) = (timeToLive, pause)
            (self.maximumEntries, self.maximumLoads) = (maximumEntries, maximumLoads)
        }
    }

    enum Answer: Sendable {
        case demanded(Bool)
        case failed(String, retryAfter: Duration?)
    }

    private struct State {
        var answers: [ByteText: (answer: Answer, until: MonotonicInstant)] = [:]
        /// The numbers of the open questions. An answer to a forgotten question is not remembered.
        var loads: [ByteText: UInt64] = [:]
        /// The requests that wait for each question, also for a forgotten question.
        var waiting: [UInt64: [AsyncStream<Answer>.Continuation]] = [:]
        var lastNumber: UInt64 = 0
    }

    /// The issuer of the organizations that the source knows; `nil` if the source is asked about those of all issuers.
    let issuer: String?
    private let source: any SecondFactorSource
    private let configuration: Configuration
    private let clock: MonotonicClock
    private let state = Mutex(State())

    /// Makes a memory of a source.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - issuer: The issuer of the organizations that the source knows. The source is not asked about the organizations of principals of
    ///     other issuers, and nothing is demanded of these. `nil` if the source is asked about all organizations, so that an organization
    ///     of another issuer with an equal id counts as the source's own.
    ///   - configuration: The bounds of the memory.
    ///   - clock: The clock that measures the time for which an answer counts.
    public init(
        _ source: any SecondFactorSource,
        issuer: String? = nil,
        configuration: Configuration = Configuration(),
        clock: MonotonicClock = .system
    ) {
        (self.source, self.issuer, self.configuration, self.clock) = (source, issuer, configuration, clock)
    }

    /// Forgets an organization, for example after a change of its demand.
    public func forget(_ organization: String) {
        state.withLock { state in
            state.answers[ByteText(organization)] = nil
            state.loads[ByteText(organization)] = nil
        }
    }

    /// Returns the answer for an organization, from memory or from the source. A request that is cancelled waits no longer.
    func answer(for organization: ByteText) async -> Answer {
        let now = clock.now()
        let found: Found = state.withLock { state in
            if let (answer, until) = state.answers[organization], now < until { return .answer(answer) }
            let (answers, waiter) = AsyncStream.makeStream(of: Answer.self)
            if let number = state.loads[organization] {
                state.waiting[number, default: []].append(waiter)
                return .loading(answers)
            }
            guard state.waiting.count < configuration.maximumLoads else {
                return .answer(.failed("too many organizations are being asked about", retryAfter: nil))
            }
            state.lastNumber &+= 1
            let number = state.lastNumber
            state.loads[organization] = number
            state.waiting[number] = [waiter]
            Task { await self.load(organization, number) }
            return .loading(answers)
        }
        switch found {
        case .answer(let answer): return answer
        case .loading(let answers):
            for await answer in answers { return answer }
            return .failed("the request was cancelled", retryAfter: nil)
        }
    }

    private enum Found: Sendable {
        case answer(Answer)
        case loading(AsyncStream<Answer>)
    }

    private func load(_ organization: ByteText, _ number: UInt64) async {
        let answer: Answer
        do {
            answer = .demanded(try await source.demandsSecondFactor(in: organization.string))
        } catch {
            let known = error as? MembershipSourceError
            answer = .failed(
                "the source of organizations does not answer: \(error)".inOneLine(),
                retryAfter: known?.retryAfter
            )
        }
        let lifetime = if case .demanded = answer { configuration.timeToLive } else { configuration.pause }
        let until = clock.now().advanced(by: lifetime)
        let waiters = state.withLock { state in
            if state.loads[organization] == number {
                state.loads[organization] = nil
                makeRoom(in: &state)
                state.answers[organization] = (answer, until)
            }
            return state.waiting.removeValue(forKey: number) ?? []
        }
        for waiter in waiters {
            waiter.yield(answer)
            waiter.finish()
        }
    }

    /// Removes the expired entries if the memory is full, and another entry if none has expired.
    private func makeRoom(in state: inout State) {
        guard state.answers.count >= configuration.maximumEntries else { return }
        let now = clock.now()
        state.answers = state.answers.filter { now < $0.value.until }
        while state.answers.count >= max(1, configuration.maximumEntries), let any = state.answers.keys.first {
            state.answers[any] = nil
        }
    }
}
