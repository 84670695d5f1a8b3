public import GatehouseBase
import Synchronization

/// An observer that brings users into the directory if a check names them before any webhook, such as the users of tokens that carry all
/// roles.
///
/// ```swift
/// let discovery = DirectoryDiscovery(records, issuer: issuer, backend: ClerkDirectoryBackend(clerk))
/// let authorizer = Authorizer(engine: engine, observers: [records.audit, discovery])
/// try await discovery.run()  // beside the server, as a service
/// ```
///
/// The check does not wait for the provider, unless the discovery is set to wait, and is decided in either case. Each user is looked up
/// once. If there are very many users, those that were not seen for the longest time are looked up again.
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
    ///   - store: The store of the directory.
    ///   - issuer: The issuer of the users: the `iss` of their tokens. Other users are skipped.
    ///   - backend: The backend that is asked for users that the directory has never seen.
    ///   - isAwaited: True if the first check of a user waits until the directory has the user.
    ///   - capacity: The number of users that are remembered as looked up.
    ///   - clock: The clock that tells the time.
    ///   - failed: A closure that receives the error of a failed look-up. The next check of the user tries again.
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

    /// Notes the principal of a check.
    public func observe(_ event: DecisionEvent) async { await note(event.check.principal) }

    /// Notes the principal of a requirement.
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

    /// Looks users up until the task is cancelled. Run this method beside the server, as a service.
    public func run() async throws {
        while !Task.isCancelled {
            if await lookUpNoted() {
                await waker.wait(atMost: Self.pause)
            } else {
                // If the provider does not answer, it is not asked for all users at once.
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Looks up the noted users that have not been looked up yet.
    ///
    /// - Returns: True if the provider answered for all of them. The others are looked up when they are seen again.
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

/// The remembered users that were seen, and the users that are still to be looked up.
private struct SeenMembers {
    private static let maximumWaiting = 1_000

    private let capacity: Int
    private var recent: Set<ByteText> = []
    /// The users that were seen before the recent users. A user that is seen again becomes recent.
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
        // A user without a place in the queue is noted at the next check.
        if !isKnown, !isAwaited, waiting.count >= Self.maximumWaiting { return false }
        if recent.count >= capacity / 2 { (older, recent) = (recent, []) }
        recent.insert(user)
        if isKnown { return false }
        if !isAwaited { waiting.append((principal.id, principal.organization?.id)) }
        return true
    }

    /// Takes the next user to look up; `nil` if there is none.
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
