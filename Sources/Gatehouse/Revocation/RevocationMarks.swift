public import GatehouseBase
import Synchronization

/// The tokens that are no longer accepted, although they have not expired.
///
/// A session token carries its own role for a minute. When something is taken away, its ``Invalidation`` therefore leaves a mark here. An
/// authenticator with these marks judges every verified token by them, even a token that it remembers. A token that a mark reaches is
/// refused whole (401), and the client renews it: if only a part of a token were ignored, a denial could turn into a grant.
///
/// The number of marks is bounded, and the marks refuse more at the bound. Beyond a quota, the marks of one organization become one mark of
/// the whole organization. When newer marks fill half the capacity, older marks become a floor: every token that was issued up to the
/// latest of them is refused.
public final class RevocationMarks: Sendable {
    private struct State {
        /// The recent marks, and the marks before.
        var young: MarkGeneration
        var old: MarkGeneration
        /// The instant up to which every issued token is refused, since marks about those tokens may be gone or were never heard.
        var floor = Timestamp.distantPast

        /// Begins a new generation. The oldest marks become a part of the floor, except for marks after `end`, which are kept.
        mutating func turn(at now: Timestamp, sinkingUntil end: Timestamp) -> MarkGeneration {
            let dropped = old
            (old, young) = (young, MarkGeneration(begun: now, quota: young.quota))
            if let latest = dropped.latest, latest <= end {
                floor = max(floor, latest)
            } else {
                for (scope, instant) in dropped.marks {
                    if instant <= end { floor = max(floor, instant) } else { young.mark(scope, instant) }
                }
            }
            return dropped
        }
    }

    /// The time for which a token is accepted after it was issued. Marks are kept for this time, and an older token is refused.
    public let maximumTokenLifetime: Duration
    private let generationCapacity: Int
    private let clock: WallClock
    private let state: Mutex<State>
    /// True if there is any mark or floor, so that most checks take no lock.
    private let isUsed = Atomic(false)

    /// Makes an empty set of marks for tokens of up to 24 hours: 100,000 marks, 1,000 of one organization's members.
    ///
    /// - Parameter clock: The clock that tells the time.
    public convenience init(clock: WallClock = .system) {
        self.init(inRange: .seconds(24 * 60 * 60), 100_000, 1_000, clock)
    }

    /// Makes an empty set of marks.
    ///
    /// - Parameters:
    ///   - maximumTokenLifetime: The time for which a token is accepted after it was issued, the longest of all kinds.
    ///   - capacity: The number of marks, each of a few hundred bytes; at least 2.
    ///   - quota: The number of members of one organization that are marked before the whole organization is; at least 1.
    ///   - clock: The clock that tells the time.
    /// - Throws: `SettingError` for a setting that is out of its range.
    public convenience init(
        maximumTokenLifetime: Duration,
        capacity: Int = 100_000,
        quota: Int = 1_000,
        clock: WallClock = .system
    ) throws(SettingError) {
        try SettingError.require(
            maximumTokenLifetime,
            in: .seconds(1)...SettingError.longestTime,
            "maximumTokenLifetime"
        )
        try SettingError.require(capacity, in: 2...(1 << 30), "capacity")
        try SettingError.require(quota, in: 1...(1 << 30), "quota")
        self.init(inRange: maximumTokenLifetime, capacity, quota, clock)
    }

    private init(inRange maximumTokenLifetime: Duration, _ capacity: Int, _ quota: Int, _ clock: WallClock) {
        self.maximumTokenLifetime = maximumTokenLifetime
        generationCapacity = capacity / 2
        self.clock = clock
        let empty = MarkGeneration(begun: clock.now(), quota: min(quota, generationCapacity))
        state = Mutex(State(young: empty, old: empty))
    }

    /// The number of marks, including expired ones.
    public var count: Int { state.withLock { $0.young.count + $0.old.count } }

    /// Keeps the mark of an invalidation. An invalidation without an instant has no mark.
    public func mark(_ invalidation: Invalidation) {
        guard let instant = invalidation.revokedAt else { return }
        if case .everything = invalidation.scope { return refuseTokens(issuedUntil: instant) }
        let now = clock.now()
        let horizon = now.advanced(by: .zero - maximumTokenLifetime)
        let dropped = state.withLock { state in
            var dropped: [MarkGeneration] = []
            // The generation turns only once, so that a clock that was ahead for a moment does not drop the latest marks.
            if state.young.begun <= horizon { dropped.append(state.turn(at: now, sinkingUntil: horizon)) }
            if state.young.count >= generationCapacity, state.young.grows(by: invalidation.scope) {
                dropped.append(state.turn(at: now, sinkingUntil: now))
                // Marks in the future are kept if possible. If there are too many, everybody is refused until then.
                if state.young.count >= generationCapacity {
                    dropped.append(state.young)
                    state.floor = max(state.floor, state.young.latest ?? state.floor)
                    state.young = MarkGeneration(begun: now, quota: state.young.quota)
                }
            }
            state.young.mark(invalidation.scope, instant)
            return dropped
        }
        isUsed.store(true, ordering: .releasing)
        withExtendedLifetime(dropped) {}  // freed outside the lock
    }

    /// Refuses the tokens that were issued before this second, since marks about them may have been missed. Call this function at the end
    /// of a gap: at the start of a node with marks in memory alone, or when a lost connection is back.
    ///
    /// A token that is issued within the second of this call is not refused, since tokens count whole seconds.
    public func endGap() {
        let second = Timestamp(clampingSecondsSinceEpoch: Double(clock.now().seconds))
        refuseTokens(issuedUntil: second.advanced(by: .nanoseconds(-1)))
    }

    private func refuseTokens(issuedUntil instant: Timestamp) {
        state.withLock { $0.floor = max($0.floor, instant) }
        isUsed.store(true, ordering: .releasing)
    }

    /// Returns true if a principal's token is still accepted: no mark at or after its time of issue is about its user, session, member,
    /// organization or roles, or about an actor for its user.
    ///
    /// - Parameters:
    ///   - principal: The principal that the token speaks for.
    ///   - issuedAt: The claim `iat`. A token without `iat` counts as older than any mark, and is refused.
    public func accepts(_ principal: Principal, issuedAt: Timestamp?) -> Bool {
        guard let issuedAt, issuedAt > clock.now().advanced(by: .zero - maximumTokenLifetime) else { return false }
        guard isUsed.load(ordering: .acquiring) else { return true }
        let bearers = MarkedBearer.bearers(of: principal)
        return state.withLock { state in
            issuedAt > state.floor
                && ![state.young, state.old].contains { $0.reaches(principal, bearers, issuedAt: issuedAt) }
        }
    }
}
