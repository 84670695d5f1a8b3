import Gatehouse
import GatehouseTesting
import Synchronization
import Testing

@Suite("An observer is told each change of an authorizer once", .timeLimit(.minutes(10)))
struct AuthorizerObserverTests {
    final class Observer: AuthorizerObserver {
        private let heard = Mutex<[String]>([])
        /// Called with each thing that is told, once it is written down.
        private let onTold = Mutex<(@Sendable () -> Void)?>(nil)

        /// The events since this was asked last.
        func takeHeard() -> [String] {
            heard.withLock { heard in
                defer { heard = [] }
                return heard
            }
        }

        func whenTold(_ body: @escaping @Sendable () -> Void) { onTold.withLock { $0 = body } }

        private func hear(_ text: String) {
            heard.withLock { $0.append(text) }
            onTold.withLock { $0 }?()
        }

        func memberships(became state: Authorizer.DependencyState) { hear("memberships \(Self.text(state))") }
        func bus(became state: Authorizer.DependencyState) { hear("bus \(Self.text(state))") }
        func policy(_ change: Authorizer.PolicyChange) {
            switch change {
            case .replaced(let old, let new): hear("\(old.text.prefix(4)) replaced by \(new.text.prefix(4))")
            case .refused(let failure): hear("refused \(failure.message)")
            case .confirmed(let revision): hear("confirmed \(revision.text.prefix(4))")
            }
        }
        func policy(warns warnings: [String]) { hear("\(warnings.count) warnings") }

        private static func text(_ state: Authorizer.DependencyState) -> String {
            switch state {
            case .working: "working"
            case .failing(let reason): "failing: \(reason)"
            }
        }
    }

    private let clock = ManualClock(.distantPast)
    private let observer = Observer()
    private let source = ScriptedMemberships(["reader"])
    private let granting = Policy { Role("reader") { Grants("read") } }
    private let refusing = Policy { Role("reader") { Denies("read") } }

    private func authorizer(
        _ policy: CurrentPolicy,
        memberships: (any MembershipSource)? = nil,
        issuer: String? = "",
        maximumLoads: Int = 8,
        bus: (any InvalidationBus)? = nil
    ) throws -> Authorizer {
        Authorizer(
            policy: policy,
            memberships: memberships ?? source,
            issuer: issuer,
            cache: try PermissionCache(
                .init(
                    jitter: 0,
                    disconnectedTimeToLive: .seconds(5),
                    maximumLoads: maximumLoads,
                    clock: clock.monotonic
                )
            ),
            bus: bus,
            observer: observer,
            clock: clock.wall
        )
    }

    /// True if the check is decided.
    @discardableResult
    private func asks(_ authorizer: Authorizer, _ user: String) async -> Bool {
        (try? await authorizer.isAllowed(organization: "o", user: user, permission: "read")) != nil
    }

    // MARK: - The membership source

    @Test("a source that fails is told of once, and works again after ten quiet seconds; an answer is no news")
    func source() async throws {
        let authorizer = try authorizer(CurrentPolicy(try PolicyEngine(granting)))
        #expect(await asks(authorizer, "a"))
        #expect(observer.takeHeard() == [])
        source.fail(MembershipSourceError("the database\nis away"))
        for user in ["b", "c"] { #expect(await !asks(authorizer, user)) }
        let reason = AuthorizerError(.sourceFailed, "the database\nis away")
        #expect(observer.takeHeard() == ["memberships failing: \(reason)"])
        // A source that fails now and then does not count as working again.
        source.answer(["reader"])
        #expect(await asks(authorizer, "d"))
        clock.advance(by: .seconds(9))
        source.fail(MembershipSourceError("down"))
        #expect(await !asks(authorizer, "e"))
        source.answer(["reader"])
        clock.advance(by: .seconds(9))
        #expect(await asks(authorizer, "f"))
        #expect(observer.takeHeard() == [])
        clock.advance(by: .seconds(1))
        for user in ["g", "h"] { #expect(await asks(authorizer, user)) }
        #expect(observer.takeHeard() == ["memberships working"])
    }

    @Test("a load that is one too many is told of")
    func tooManyLoads() async throws {
        let gated = ScriptedMemberships(["data2_admin"])
        gated.hold()
        let authorizer = try authorizer(CurrentPolicy(try PolicyEngine(granting)), memberships: gated, maximumLoads: 1)
        async let first = asks(authorizer, "a")
        try await eventually(equals: 1) { gated.loads }
        #expect(await !asks(authorizer, "b"))
        #expect(observer.takeHeard().count == 1)
        gated.open()
        #expect(await first)
    }

    @Test("a load that nobody waits for any more says nothing of the source")
    func abandonedLoad() async throws {
        let source = ScriptedMemberships { _, _ in
            let (never, _) = AsyncStream.makeStream(of: Never.self)
            for await _ in never {}  // until it is cancelled
            throw CancellationError()
        }
        let authorizer = try authorizer(CurrentPolicy(try PolicyEngine(granting)), memberships: source)
        let check = Task { await asks(authorizer, "a") }
        try await eventually(equals: 1) { source.loads }
        check.cancel()
        #expect(await !check.value)
        try await eventually(equals: 0) { authorizer.cache.loadCount }
        #expect(observer.takeHeard() == [])
    }

    // MARK: - The bus

    @Test("a bus without a sign is told of by checks once its time is over, and again when it is back")
    func silence() async throws {
        let bus = InProcessInvalidationBus()
        let authorizer = try authorizer(CurrentPolicy(try PolicyEngine(granting)), bus: bus.endpoint())
        #expect(await asks(authorizer, "a"))
        #expect(observer.takeHeard() == [])
        clock.advance(by: .seconds(5))
        for user in ["b", "c"] { #expect(await asks(authorizer, user)) }
        let silent = "bus failing: no heartbeat came within the time for which memory serves without one"
        #expect(observer.takeHeard() == [silent])

        let listening = Task { try await authorizer.followBus() }
        defer { listening.cancel() }
        try await eventually(equals: true) {
            bus.sendHeartbeat()
            return authorizer.cache.isConnected
        }
        #expect(
            try await eventually {
                observer.takeHeard()
            } satisfies: {
                !$0.isEmpty
            } == ["bus working"]
        )
        #expect(await asks(authorizer, "d"))
        clock.advance(by: .seconds(5))
        #expect(await asks(authorizer, "d"))
        #expect(observer.takeHeard() == [silent])
    }

    @Test("a bus that ends for good is told of, and a bus that the server ends is not", arguments: [true, false])
    func endedBus(isCancelled: Bool) async throws {
        struct Lost: Error {}
        struct EndingBus: InvalidationBus {
            let parts = AsyncThrowingStream.makeStream(of: InvalidationBusEvent.self)
            func publish(_ invalidation: Invalidation) {}
            func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> { parts.stream }
        }
        let bus = EndingBus()
        let authorizer = try authorizer(CurrentPolicy(try PolicyEngine(granting)), bus: bus)
        let listening = Task { try await authorizer.followBus() }
        if isCancelled { listening.cancel() } else { bus.parts.continuation.finish(throwing: Lost()) }
        _ = await listening.result
        #expect(observer.takeHeard() == (isCancelled ? [] : ["bus failing: Lost()"]))
    }

    // MARK: - The policy

    @Test("a policy that is replaced, refused or given again is told of; the same refusal once")
    func policy() throws {
        let (old, new) = (try PolicyEngine(granting), try PolicyEngine(refusing))
        let policy = CurrentPolicy(old)
        let authorizer = try authorizer(policy)
        let (first, second) = (old.revision.text.prefix(4), new.revision.text.prefix(4))
        policy.replace(with: new)
        #expect(observer.takeHeard() == ["\(first) replaced by \(second)"])
        policy.reload { try PolicyEngine(refusing) }
        #expect(observer.takeHeard() == [])
        struct Unreadable: Error {}
        for _ in 0..<2 { policy.reload { throw Unreadable() } }
        #expect(observer.takeHeard() == ["refused Unreadable()"])
        policy.reload { try PolicyEngine(refusing) }
        #expect(observer.takeHeard() == ["confirmed \(second)"])
        policy.reload { throw Unreadable() }
        policy.reload { try PolicyEngine(granting) }
        #expect(observer.takeHeard() == ["refused Unreadable()", "\(second) replaced by \(first)"])
        withExtendedLifetime(authorizer) {}
    }

    @Test("an observer may itself replace the policy, and is told of one change after the other")
    func reentrance() throws {
        let (old, new) = (try PolicyEngine(granting), try PolicyEngine(refusing))
        let policy = CurrentPolicy(old)
        let authorizer = try authorizer(policy)
        observer.whenTold { if policy.engine.revision == new.revision { policy.replace(with: old) } }
        policy.replace(with: new)
        let (first, second) = (old.revision.text.prefix(4), new.revision.text.prefix(4))
        #expect(observer.takeHeard() == ["\(first) replaced by \(second)", "\(second) replaced by \(first)"])
        withExtendedLifetime(authorizer) {}
    }

    @Test("a policy outlives its authorizers, and tells them nothing then")
    func goneAuthorizer() throws {
        let policy = CurrentPolicy(try PolicyEngine(granting))
        _ = try authorizer(policy)
        policy.replace(with: try PolicyEngine(refusing))
        #expect(observer.takeHeard() == [])
    }

    @Test("warnings are told when the authorizer is made, and when another policy has others")
    func warnings() throws {
        func assigning(_ users: String...) throws -> PolicyEngine {
            try PolicyEngine(
                Policy {
                    Role("reader") { Grants("read") }
                    for user in users { Assignment("reader", to: user) }
                }
            )
        }
        let policy = CurrentPolicy(try assigning("u"))
        let authorizer = try authorizer(policy, issuer: nil)
        #expect(observer.takeHeard() == ["1 warnings"])
        policy.replace(with: try assigning("v"))
        #expect(observer.takeHeard().count == 1)  // the warning counts the assignments, and is the same
        policy.replace(with: try assigning("u", "v"))
        #expect(observer.takeHeard().last == "1 warnings")
        withExtendedLifetime(authorizer) {}
    }
}
