import Foundation
import Gatehouse

/// For how long a permission that was taken away still opens a door, on a real clock: the figures of the documentation's
/// page on bounds.
enum StaleGrants {
    private static let member = Member("user_1", in: "org_1", issuer: "https://clerk.example.com")
    private static let timeToLive = Duration.milliseconds(400)
    private static let disconnected = Duration.milliseconds(200)

    private struct Node {
        let authorizer: Authorizer

        init(_ store: InMemoryMemberships, bus: (any InvalidationBus)? = nil) throws {
            authorizer = Authorizer(
                engine: try PolicyEngine(CachedCheck.policy),
                memberships: store,
                issuer: member.issuer,
                cache: PermissionCache(.init(timeToLive: timeToLive, disconnectedTimeToLive: disconnected)),
                bus: bus
            )
        }

        func isAllowed() async throws -> Bool {
            try await authorizer.isAllowed(
                organization: member.organization,
                user: member.user,
                permission: "org:invoices:read"
            )
        }

        /// How long after an instant the last check was allowed.
        func lastAllowed(since start: ContinuousClock.Instant, during: Duration) async throws -> Duration {
            var last = Duration.zero
            while ContinuousClock.now - start < during {
                let begun = ContinuousClock.now - start
                if try await isAllowed() { last = begun }
                await Task.yield()
            }
            return last
        }
    }

    static func passes() async throws -> Bool {
        let here = try await revoked { store, here, _, _ in
            try await here.authorizer.remove(role: "org:admin", from: member)
            return (here, ContinuousClock.now)
        }
        let elsewhere = try await revoked { _, here, there, _ in
            try await here.authorizer.remove(role: "org:admin", from: member)
            return (there, ContinuousClock.now)
        }
        let busDown = try await revoked { store, _, there, bus in
            bus.cancel()
            store.remove(role: "org:admin", from: member)
            return (there, ContinuousClock.now)
        }
        let untold = try await untold()
        func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }
        print("A permission that was taken away still opened a door:")
        return [
            Gates.gate("  on the node that took it, after it returned: ms", milliseconds(here), atMost: 0),
            Gates.gate("  on another node, bus up: ms", milliseconds(elsewhere), atMost: 50),
            Gates.gate("  on another node, bus down (200 ms): ms", milliseconds(busDown), atMost: 204 + 20),
            Gates.gate("  taken behind its back (time to live 400 ms): ms", milliseconds(untold), atMost: 404 + 20),
        ].allSatisfy { $0 }
    }

    /// Two nodes on a bus with a heartbeat every 20 ms, of which one revokes.
    private static func revoked(
        _ revoke: (InMemoryMemberships, Node, Node, Task<Void, Never>) async throws -> (Node, ContinuousClock.Instant)
    ) async throws -> Duration {
        let store = InMemoryMemberships([member: ["org:admin"]])
        let bus = InProcessInvalidationBus()
        let (here, there) = (try Node(store, bus: bus.endpoint()), try Node(store, bus: bus.endpoint()))
        let listening = [here, there].map { node in Task { try await node.authorizer.followBus() } }
        let beating = Task {
            while !Task.isCancelled {
                bus.sendHeartbeat()
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
        defer {
            beating.cancel()
            for task in listening { task.cancel() }
        }
        while !here.authorizer.cache.isConnected || !there.authorizer.cache.isConnected { await Task.yield() }
        for node in [here, there] { while try await !node.isAllowed() {} }
        let (node, start) = try await revoke(store, here, there, beating)
        return try await node.lastAllowed(since: start, during: timeToLive * 2)
    }

    /// One node whose store is changed by somebody else.
    private static func untold() async throws -> Duration {
        let store = InMemoryMemberships([member: ["org:admin"]])
        let node = try Node(store)
        while try await !node.isAllowed() {}
        store.remove(role: "org:admin", from: member)
        return try await node.lastAllowed(since: ContinuousClock.now, during: timeToLive * 2)
    }
}
