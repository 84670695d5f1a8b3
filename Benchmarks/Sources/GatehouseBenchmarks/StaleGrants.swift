import Gatehouse
import GatehouseTesting

/// For how long a permission that was taken away still opens a door, on a real clock: the figures of the documentation's
/// page on bounds.
enum StaleGrants {
    static let member = Member("user_1", in: "org_1", issuer: "https://clerk.example.com")
    static let timeToLive = Duration.milliseconds(400)
    static let disconnected = Duration.milliseconds(200)
    static let lag = Duration.milliseconds(100)
    static let tokenLifetime = Duration.milliseconds(300)

    /// What a clock that steps, and a machine that has other work, may add.
    private static let tolerance = Duration.milliseconds(24)

    static func passes() async throws -> Bool {
        print(
            "A permission that was taken away still opened a door",
            "(time to live \(timeToLive), disconnected \(disconnected), lag \(lag), token \(tokenLifetime)):"
        )
        var passed = true
        func row(_ name: String, atMost bound: Duration, _ staleness: Duration) {
            let limit = (bound + tolerance) / .milliseconds(1)
            passed = Gates.gate("  \(name): ms", staleness / .milliseconds(1), atMost: limit) && passed
        }
        // On the node itself nothing is tolerated.
        row(
            "store: on the node that took it",
            atMost: .zero - tolerance,
            try await Cluster.run { try await $0.takeHere() }
        )
        row("store: on another node, bus up", atMost: .zero, try await Cluster.run { try await $0.takeElsewhere() })
        row(
            "store: on another node, bus down",
            atMost: disconnected,
            try await Cluster.run { try await $0.takeUnheard() }
        )
        row(
            "store: the same, by a resolved principal",
            atMost: disconnected,
            try await Cluster.run(byResolvedPrincipal: true) { try await $0.takeUnheard() }
        )
        row(
            "store: on another node, without a bus",
            atMost: timeToLive,
            try await Cluster.run(hasBus: false) { try await $0.takeElsewhere() }
        )
        row("store: without word of it", atMost: timeToLive, try await untold())
        row("directory: without word of it", atMost: timeToLive + lag, try await lagging(isTold: false))
        row("directory: with word of it", atMost: timeToLive + lag, try await lagging(isTold: true))
        row("time: a role that ends", atMost: .zero, try await ending())
        row("policy: on the node that replaced it", atMost: .zero - tolerance, try await replaced())
        row("claims: on the node that marked it", atMost: .zero - tolerance, try await claimed(isMarked: true))
        row("claims: on another node, bus up", atMost: .zero, try await claimedElsewhere())
        row("claims: where the mark did not arrive", atMost: tokenLifetime, try await claimed(isMarked: false))
        return passed
    }

    /// How long after an instant the last check was allowed, of all that begin within twice the longest time.
    static func lastAllowed(
        since start: ContinuousClock.Instant,
        _ isAllowed: () async throws -> Bool
    ) async throws -> Duration {
        var last = Duration.zero
        while ContinuousClock.now - start < (timeToLive + lag) * 2 {
            let begun = ContinuousClock.now - start
            if try await isAllowed() { last = begun }
            await Task.yield()
        }
        return last
    }

    static func authorizer(_ source: any MembershipSource, bus: (any InvalidationBus)? = nil) throws -> Authorizer {
        let cache = PermissionCache.Configuration(
            timeToLive: timeToLive,
            jitter: 0,
            disconnectedTimeToLive: disconnected
        )
        return Authorizer(
            engine: try PolicyEngine(CachedCheck.policy),
            memberships: source,
            issuer: member.issuer,
            cache: try PermissionCache(cache),
            bus: bus
        )
    }
}

extension Authorizer {
    func isAllowed(_ member: Member) async throws -> Bool {
        try await isAllowed(organization: member.organization, user: member.user, permission: "org:invoices:read")
    }
}
