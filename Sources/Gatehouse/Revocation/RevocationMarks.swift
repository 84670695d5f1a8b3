import Synchronization

/// Which tokens no longer say what they say, although they have not expired.
///
/// A session token carries its own role for a minute. When a membership changes, its ``Invalidation`` therefore leaves a mark here, and
/// an authenticator that has these marks judges every verified token by them, one that it remembers too.
///
/// Bounded, and closed where the bound is reached: then every token that was issued up to the latest mark until now is refused.
public final class RevocationMarks: Sendable {
    private struct State {
        var marks: [Invalidation.Scope: Timestamp] = [:]
        /// Tokens that were issued then or before are refused: marks about them may be gone.
        var floor = Timestamp.distantPast
        /// How many marks there may be before the expired ones are looked for.
        var purgeAt = 64

        /// Makes the marks until a time a part of the floor.
        mutating func sink(until end: Timestamp) {
            floor = marks.values.filter { $0 <= end }.reduce(floor, max)
            marks = marks.filter { $0.value > end }
        }
    }

    private let longestTokenLifetime: Duration
    private let capacity: Int
    private let clock: WallClock
    private let state = Mutex(State())
    /// Whether there is any mark or floor, so that most checks take no lock.
    private let isUsed = Atomic(false)

    /// Makes an empty set of marks.
    ///
    /// - Parameters:
    ///   - longestTokenLifetime: How long a token is accepted after it was issued: so long marks are kept, and a token that is older is
    ///     refused.
    ///   - capacity: How many marks there may be, of a few hundred bytes each.
    public init(
        longestTokenLifetime: Duration = .seconds(24 * 60 * 60),
        capacity: Int = 100_000,
        clock: WallClock = .system
    ) {
        self.longestTokenLifetime = longestTokenLifetime
        self.capacity = max(1, capacity)
        self.clock = clock
    }

    /// How many marks there are, expired ones included.
    public var count: Int { state.withLock { $0.marks.count } }

    /// Keeps what an invalidation says of tokens. One of a role or of everything says nothing of them.
    public func mark(_ invalidation: Invalidation) {
        guard let instant = invalidation.revokedAt else { return }
        switch invalidation.scope {
        case .role, .everything: return
        case .member, .user, .organization, .session: break
        }
        let now = clock.now()
        let horizon = now.advanced(by: .zero - longestTokenLifetime)
        state.withLock { state in
            state.marks[invalidation.scope] = max(instant, state.marks[invalidation.scope] ?? instant)
            guard state.marks.count > min(state.purgeAt, capacity) else { return }
            // The expired ones too become a floor, since the clock may be ahead for the moment. Where they are not enough those until
            // now follow; and those of the future last, which refuse everybody until then.
            for end in [horizon, now, .distantFuture] {
                state.sink(until: end)
                if state.marks.count <= capacity { break }
            }
            state.purgeAt = max(64, state.marks.count * 2)
        }
        isUsed.store(true, ordering: .releasing)
    }

    /// What is left of a principal whose token was issued at a time: itself, itself without its organization and what it holds there
    /// (in a personal account: without what it holds), or nil: the token is no longer good.
    ///
    /// - Parameter issuedAt: the claim `iat`. A token without one counts as older than any, and is refused.
    public func judge(_ principal: Principal, issuedAt: Timestamp?) -> Principal? {
        let issuedAt = issuedAt ?? .distantPast
        let horizon = clock.now().advanced(by: .zero - longestTokenLifetime)
        guard issuedAt > horizon else { return nil }
        guard isUsed.load(ordering: .acquiring) else { return principal }
        let (isRevoked, hasLostOrganization) = state.withLock { state in
            func isMarked(_ scope: Invalidation.Scope) -> Bool {
                state.marks[scope].map { issuedAt <= $0 } ?? false
            }
            let issuer = principal.issuer
            if issuedAt <= state.floor || isMarked(.user(issuer: issuer, user: principal.id)) { return (true, false) }
            if let session = principal.session?.id, isMarked(.session(issuer: issuer, session: session)) {
                return (true, false)
            }
            return (
                false,
                isMarked(.member(principal.member))
                    || isMarked(.organization(issuer: issuer, organization: principal.organization?.id))
            )
        }
        if isRevoked { return nil }
        return hasLostOrganization ? principal.withoutOrganization : principal
    }
}
