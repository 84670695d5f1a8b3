@_spi(Benchmarks) import Gatehouse
import GatehouseTesting
import Testing

@Suite(
    "Nodes tell each other what to forget, and trust their memory while the bus vouches for it",
    .timeLimit(.minutes(10))
)
struct InvalidationBusTests {
    private static let member = Member("u", in: "o", issuer: "")
    private let clock = ManualClock(Timestamp(seconds: 1_800_000_000) ?? .distantPast)
    private let bus: InProcessInvalidationBus

    init() throws {
        bus = try InProcessInvalidationBus(capacity: 4)
    }

    private func node(_ store: InMemoryMemberships, bus: (any InvalidationBus)? = nil) throws -> Authorizer {
        Authorizer(
            engine: try PolicyEngine(Policy { Role("reader") { Grants("read") } }),
            memberships: store,
            issuer: "",
            cache: try PermissionCache(.init(jitter: 0, disconnectedTimeToLive: .seconds(5), clock: clock.monotonic)),
            bus: bus ?? self.bus.endpoint(),
            clock: clock.wall
        )
    }

    private func isRemembered(_ node: Authorizer) -> Bool {
        node.cachedAnswer(organization: "o", user: "u", permission: "read") != nil
    }

    private func isAllowed(_ node: Authorizer) async throws -> Bool {
        try await node.isAllowed(organization: "o", user: "u", permission: "read")
    }

    /// Runs two nodes that listen, until the test's end.
    private func withNodes(_ body: (InMemoryMemberships, Authorizer, Authorizer) async throws -> Void) async throws {
        let store = InMemoryMemberships([Self.member: ["reader"]])
        let (here, there) = (try node(store), try node(store))
        let listening = [here, there].map { node in Task { try await node.followBus() } }
        defer { for task in listening { task.cancel() } }
        // A heartbeat counts once a node listens.
        try await eventually(equals: [true, true]) {
            bus.sendHeartbeat()
            return [here.cache.isConnected, there.cache.isConnected]
        }
        try await body(store, here, there)
    }

    @Test("a removal at one node is forgotten and marked at the other")
    func told() async throws {
        try await withNodes { (_, here, there) async throws -> Void in
            let principal = Principal("u", organization: "o")
            for node in [here, there] { #expect(try await isAllowed(node)) }
            #expect(there.marks.accepts(principal, issuedAt: clock.now))
            try await here.remove(role: "reader", from: Self.member)
            #expect(try await !isAllowed(here))
            try await eventually(equals: false) { isRemembered(there) }
            #expect(try await !isAllowed(there))
            #expect(!there.marks.accepts(principal, issuedAt: clock.now))
        }
    }

    @Test("nothing is remembered longer than the disconnected time without a heartbeat")
    func silence() async throws {
        try await withNodes { (store, here, _) async throws -> Void in
            #expect(try await isAllowed(here))
            clock.advance(by: .seconds(4))
            #expect(isRemembered(here))
            clock.advance(by: .seconds(1))
            #expect(!here.cache.isConnected && !isRemembered(here))
            // A load in the meantime serves as long.
            #expect(try await isAllowed(here))
            clock.advance(by: .seconds(4))
            #expect(isRemembered(here))
            clock.advance(by: .seconds(1))
            #expect(!isRemembered(here))
            // And when the bus is back, nothing of it counts.
            #expect(try await isAllowed(here))
            store.remove(role: "reader", from: Self.member)
            try await eventually(equals: true) {
                bus.sendHeartbeat()
                return here.cache.isConnected
            }
            #expect(!isRemembered(here))
            #expect(try await !isAllowed(here))
        }
    }

    @Test("an entry loaded before the bus has said anything serves for the disconnected time")
    func start() async throws {
        let node = try node(InMemoryMemberships([Self.member: ["reader"]]))
        #expect(try await isAllowed(node) && isRemembered(node))
        clock.advance(by: .seconds(5))
        #expect(!isRemembered(node))
    }

    @Test(
        "a node that falls behind is told so, at the end of its stream and in the next"
    )
    func overflow() async throws {
        let endpoint = bus.endpoint()
        var events = endpoint.events().makeAsyncIterator()
        for _ in 0..<10 { bus.sendHeartbeat() }
        #expect(try await events.next() == .mayHaveMissed)
        for _ in 0..<3 { #expect(try await events.next() == .heartbeat) }
        #expect(try await events.next() == nil)
        events = endpoint.events().makeAsyncIterator()
        #expect(try await events.next() == .mayHaveMissed)
    }

    /// A bus whose streams a test feeds and ends.
    private final class Fragile: InvalidationBus {
        private let (streams, opened) = AsyncStream.makeStream(
            of: AsyncThrowingStream<InvalidationBusEvent, any Error>.Continuation.self
        )

        func publish(_ invalidation: Invalidation) {}

        func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> {
            let (events, feed) = AsyncThrowingStream.makeStream(
                of: InvalidationBusEvent.self,
                throwing: (any Error).self
            )
            opened.yield(feed)
            return events
        }

        /// The next stream that a node asked for.
        func next() async throws -> AsyncThrowingStream<InvalidationBusEvent, any Error>.Continuation {
            for await stream in streams { return stream }
            throw CancellationError()
        }
    }

    @Test("a node whose stream ends asks for another, and forgets its entries meanwhile")
    func lostStream() async throws {
        let bus = Fragile()
        let node = try node(InMemoryMemberships([Self.member: ["reader"]]), bus: bus)
        let listening = Task { try await node.followBus() }
        defer { listening.cancel() }
        let first = try await bus.next()
        first.yield(.heartbeat)
        try await eventually(equals: true) { node.cache.isConnected }
        #expect(try await isAllowed(node) && isRemembered(node))
        first.finish()
        let second = try await bus.next()
        #expect(isRemembered(node))
        second.yield(.mayHaveMissed)
        try await eventually(equals: false) { isRemembered(node) }
    }

    /// A bus that tells nobody on behalf of a task that was cancelled.
    // MARK: Marks that may have been missed

    /// True if a node accepts a token of so many seconds ago.
    private func accepts(_ node: Authorizer, age: Int) -> Bool {
        node.marks.accepts(Principal("u", organization: "o"), issuedAt: clock.now.advanced(by: .seconds(-age)))
    }

    @Test("a node with a bus refuses the tokens of before its start, and one without a bus has missed nothing")
    func start() throws {
        let alone = Authorizer(engine: try PolicyEngine(Policy()), clock: clock.wall)
        let (node, other) = (try node(InMemoryMemberships()), try node(InMemoryMemberships(), bus: Broken()))
        #expect(accepts(alone, age: 1))
        #expect(!accepts(node, age: 1) && accepts(node, age: 0))
        #expect(!accepts(other, age: 1) && accepts(other, age: 0))
    }

    @Test("a node refuses the tokens that were issued before a silence or a lost connection ended")
    func gaps() async throws {
        let events = AsyncThrowingStream<InvalidationBusEvent, any Error>.makeStream()
        struct Scripted: InvalidationBus {
            let stream: AsyncThrowingStream<InvalidationBusEvent, any Error>
            func publish(_ invalidation: Invalidation) {}
            func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> { stream }
        }
        let node = try node(InMemoryMemberships(), bus: Scripted(stream: events.stream))
        let listening = Task { try await node.followBus() }
        defer { listening.cancel() }
        /// Has the node hear something, and waits until it has.
        func hear(_ event: InvalidationBusEvent) async throws {
            let marker = Member("\(clock.now)\(event)", in: nil, issuer: "")
            events.continuation.yield(event)
            events.continuation.yield(.invalidation(Invalidation(.member(marker), revokedAt: clock.now)))
            try await eventually(equals: false) { node.marks.accepts(Principal(marker), issuedAt: clock.now) }
        }
        clock.advance(by: .seconds(2))
        try await hear(.mayHaveMissed)
        #expect(!accepts(node, age: 1) && accepts(node, age: 0))
        clock.advance(by: .seconds(4))
        try await hear(.heartbeat)
        #expect(accepts(node, age: 4), "a heartbeat in time, and so no gap")
        clock.advance(by: .seconds(5))
        try await hear(.heartbeat)
        #expect(!accepts(node, age: 1) && accepts(node, age: 0), "a heartbeat after a silence")
        clock.advance(by: .seconds(1))
        try await hear(.heartbeat)
        #expect(accepts(node, age: 1))
        try await hear(.mayHaveMissed)
        #expect(!accepts(node, age: 1) && accepts(node, age: 0), "a connection that was lost")
        try await hear(.invalidation(Invalidation(.everything, revokedAt: clock.now)))
        #expect(!accepts(node, age: 0) && accepts(node, age: -1), "everything is taken back")
    }

    private struct Obedient: InvalidationBus {
        let bus: any InvalidationBus

        func publish(_ invalidation: Invalidation) async throws {
            try Task.checkCancellation()
            try await bus.publish(invalidation)
        }

        func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> { bus.events() }
    }

    @Test("the other nodes are told though the caller was cancelled")
    func cancelledCaller() async throws {
        let node = try node(InMemoryMemberships([Self.member: ["reader"]]), bus: Obedient(bus: bus.endpoint()))
        var heard = bus.endpoint().events().makeAsyncIterator()
        let change = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await node.remove(role: "reader", from: Self.member)
        }
        try await change.value
        #expect(try await heard.next() == .mayHaveMissed)
        #expect(try await heard.next() == .invalidation(Invalidation(.member(Self.member), revokedAt: clock.now)))
    }

    @Test("an endpoint's events may be asked for more than once, and are complete each time")
    func twoListeners() async throws {
        let endpoint = bus.endpoint()
        var listeners = (0..<2).map { _ in endpoint.events().makeAsyncIterator() }
        try await bus.endpoint().publish(Invalidation(.everything))
        for index in listeners.indices {
            #expect(try await listeners[index].next() == .mayHaveMissed)
            #expect(try await listeners[index].next() == .invalidation(Invalidation(.everything)))
        }
    }

    @Test("a listener that has left is forgotten", arguments: [true, false])
    func leaving(isCancelled: Bool) async throws {
        let endpoint = bus.endpoint()
        let listener = Task {
            for try await _ in endpoint.events() where !isCancelled { return }
        }
        if isCancelled {
            try await eventually(equals: 1) { bus.subscriberCount }
            listener.cancel()
        }
        try await listener.value
        try await eventually(equals: 0) { bus.subscriberCount }
    }

    @Test("a node does not hear itself")
    func echo() async throws {
        let (own, other) = (bus.endpoint(), bus.endpoint())
        var (heard, heardByOther) = (own.events().makeAsyncIterator(), other.events().makeAsyncIterator())
        try await own.publish(Invalidation(.everything))
        bus.sendHeartbeat()
        #expect(try await heard.next() == .mayHaveMissed)
        #expect(try await heard.next() == .heartbeat)
        #expect(try await heardByOther.next() == .mayHaveMissed)
        #expect(try await heardByOther.next() == .invalidation(Invalidation(.everything)))
    }

    private struct Broken: InvalidationBus, Error {
        func publish(_ invalidation: Invalidation) throws { throw self }
        func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> {
            AsyncThrowingStream { $0.finish(throwing: Broken()) }
        }
    }

    @Test("the caller learns that a change may not be made where neither the store nor the bus answers")
    func bothFail() async throws {
        struct Failing: MembershipStore {
            func membership(of member: Member) -> Membership? { [] }
            func assign(_ role: RoleAssignment, to member: Member) throws -> MembershipChange { throw Broken() }
            func remove(role: String, from member: Member) throws -> MembershipChange { throw Broken() }
        }
        let node = Authorizer(engine: try PolicyEngine(Policy()), memberships: Failing(), issuer: "", bus: Broken())
        let error = await #expect(throws: AuthorizerError.self) {
            try await node.remove(role: "reader", from: Self.member)
        }
        #expect(error?.code == .sourceFailed)
    }

    @Test("a node forgets, and the caller learns of it, where the other nodes cannot be told")
    func broken() async throws {
        let node = try node(InMemoryMemberships([Self.member: ["reader"]]), bus: Broken())
        #expect(try await isAllowed(node))
        let error = await #expect(throws: AuthorizerError.self) {
            try await node.remove(role: "reader", from: Self.member)
        }
        #expect(error?.code == .busFailed)
        #expect(try await !isAllowed(node))
        await #expect(throws: Broken.self) { try await node.followBus() }
    }
}
