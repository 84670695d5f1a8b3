public import GatehouseBase
import Synchronization

/// Brings users into the directory whom a check names before any webhook told of them, such as those of a token that carries all roles.
///
/// ```swift
/// let discovery = DirectoryDiscovery(records, issuer: issuer, backend: ClerkDirectoryBackend(clerk))
/// let authorizer = Authorizer(engine: engine, observers: [records.audit, discovery])
/// try await discovery.run()  // beside the server, as a service
/// ```
///
/// The check does not wait for the provider, unless the discovery is told so, and is decided in either case. Each user is looked up once;
/// of very many users those are looked up again that were not seen for longest.
public final class DirectoryDiscovery<Store: RecordStore>: DecisionObserver {
    private let firstSight: FirstSight<Store>
    private let issuer: String
    private let isAwaited: Bool
    private let clock: WallClock
    private let failed: @Sendable (any Error) -> Void
    private let seen: Mutex<SeenMembers>
    private let waker = Waker()
    private static var pause: Duration { .seconds(1) }

    /// Makes a discovery.
    ///
    /// - Parameters:
    ///   - store: The store that holds the directory.
    ///   - issuer: Whose users these are: the `iss` of their tokens. Others are passed over.
    ///   - backend: Who is asked for users that the directory has never seen.
    ///   - isAwaited: True if the first check of a user waits until the directory has the user.
    ///   - capacity: How many users are known to have been looked up.
    ///   - clock: The clock that tells the time.
    ///   - failed: Hears why a user was not found out about. The next check of the user asks again.
    public init(
        _ store: Store,
        issuer: String,
        backend: any DirectoryBackend,
        isAwaited: Bool = false,
        capacity: Int = 100_000,
        clock: WallClock = .system,
        failed: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        firstSight = FirstSight(store: store, backend: backend, issuer: issuer)
        seen = Mutex(SeenMembers(capacity: capacity))
        (self.issuer, self.isAwaited, self.clock, self.failed) = (issuer, isAwaited, clock, failed)
    }

    /// Notes whom a check is about.
    public func observe(_ event: DecisionEvent) async { await note(event.check.principal) }

    /// Notes who asked.
    public func observe(_ event: RequirementEvent) async { await note(event.principal) }

    private func note(_ principal: Principal) async {
        guard principal.kind == .user, principal.issuer.hasSameBytes(as: issuer) else { return }
        let isNew = seen.withLock { $0.note(principal, isAwaited: isAwaited) }
        guard isNew else { return }
        if isAwaited {
            _ = await lookUp(Member(principal.id, in: principal.organization?.id, issuer: issuer))
        } else {
            waker.wake()
        }
    }

    /// Looks users up until the task is cancelled: run it beside the server, as a service.
    public func run() async throws {
        while !Task.isCancelled {
            if await lookUpNoted() {
                await waker.wait(atMost: Self.pause)
            } else {
                // A provider that does not answer is not asked for everybody at once.
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Looks up those who were noted and not looked up yet.
    ///
    /// - Returns: True if the provider answered for all of them; the rest are looked up when they are seen again.
    @discardableResult
    public func lookUpNoted() async -> Bool {
        while let member = seen.withLock({ $0.next(issuer: issuer) }), !Task.isCancelled {
            guard await lookUp(member) else { return false }
        }
        return true
    }

    private func lookUp(_ member: Member) async -> Bool {
        do {
            try await firstSight.take(member, now: clock.now())
            return true
        } catch {
            seen.withLock { $0.forget(member.user) }
            failed(error)
            return false
        }
    }
}

/// Who was seen, as far as is remembered, and who of them is still to be looked up.
private struct SeenMembers {
    private static let maximumWaiting = 1_000

    private let capacity: Int
    private var recent: Set<ByteText> = []
    /// Those before them, of whom one who is seen again becomes recent.
    private var older: Set<ByteText> = []
    private var waiting: [(user: String, organization: String?)] = []

    init(capacity: Int) {
        self.capacity = max(2, capacity)
    }

    /// Notes a user.
    ///
    /// - Returns: True if the user was not known, and is to be looked up now.
    mutating func note(_ principal: Principal, isAwaited: Bool) -> Bool {
        let user = ByteText(principal.id)
        if recent.contains(user) { return false }
        let isKnown = older.contains(user)
        // A user for whom the queue has no place is noted at the next check.
        if !isKnown, !isAwaited, waiting.count >= Self.maximumWaiting { return false }
        if recent.count >= capacity / 2 { (older, recent) = (recent, []) }
        recent.insert(user)
        if isKnown { return false }
        if !isAwaited { waiting.append((principal.id, principal.organization?.id)) }
        return true
    }

    /// Takes one who is to be looked up; `nil` if nobody is.
    mutating func next(issuer: String) -> Member? {
        guard !waiting.isEmpty else { return nil }
        let next = waiting.removeFirst()
        return Member(next.user, in: next.organization, issuer: issuer)
    }

    /// Forgets a user, so that the next check notes the user again.
    mutating func forget(_ user: String) {
        recent.remove(ByteText(user))
        older.remove(ByteText(user))
    }
}
