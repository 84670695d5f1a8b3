@_spi(Benchmarks) import Gatehouse

/// Two nodes, on a bus with a heartbeat every 20 ms or on none, of which one takes a role away.
struct Cluster {
    private let store = InMemoryMemberships([StaleGrants.member: ["org:admin"]])
    private let bus: InProcessInvalidationBus
    private let here, there: Authorizer
    private let beating: Task<Void, Never>

    private init(hasBus: Bool) throws {
        let bus = InProcessInvalidationBus()
        self.bus = bus
        here = try StaleGrants.authorizer(store, bus: hasBus ? bus.endpoint() : nil)
        there = try StaleGrants.authorizer(store, bus: hasBus ? bus.endpoint() : nil)
        beating = Task {
            while !Task.isCancelled {
                bus.sendHeartbeat()
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// - Parameter take: takes the role away, and tells which node to ask from when on.
    /// - Returns: For how long that node still allowed.
    static func run(
        hasBus: Bool = true,
        byResolvedPrincipal: Bool = false,
        _ take: (Cluster) async throws -> (Authorizer, ContinuousClock.Instant)
    ) async throws -> Duration {
        let cluster = try Cluster(hasBus: hasBus)
        let nodes = [cluster.here, cluster.there]
        let listening = nodes.map { node in Task { try await node.followBus() } }
        defer {
            cluster.beating.cancel()
            for task in listening { task.cancel() }
        }
        while nodes.contains(where: { !$0.cache.isConnected }) { await Task.yield() }
        for node in nodes { while try await !node.isAllowed(StaleGrants.member) {} }
        var resolved = try await cluster.there.resolve(Principal(StaleGrants.member))
        let (node, start) = try await take(cluster)
        return try await StaleGrants.lastAllowed(since: start) {
            guard byResolvedPrincipal else { return try await node.isAllowed(StaleGrants.member) }
            if let known = node.cachedAnswer("org:invoices:read", for: resolved) { return known }
            resolved = try await node.resolve(Principal(StaleGrants.member))
            return node.cachedAnswer("org:invoices:read", for: resolved) ?? false
        }
    }

    func takeHere() async throws -> (Authorizer, ContinuousClock.Instant) {
        try await here.remove(role: "org:admin", from: StaleGrants.member)
        return (here, .now)
    }

    func takeElsewhere() async throws -> (Authorizer, ContinuousClock.Instant) {
        try await here.remove(role: "org:admin", from: StaleGrants.member)
        return (there, .now)
    }

    /// From the last heartbeat on nothing is heard any more.
    func takeUnheard() async throws -> (Authorizer, ContinuousClock.Instant) {
        beating.cancel()
        store.remove(role: "org:admin", from: StaleGrants.member)
        return (there, .now)
    }
}
