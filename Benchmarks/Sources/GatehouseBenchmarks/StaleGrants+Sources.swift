import Gatehouse
import GatehouseHTTP
import GatehouseTesting
import Synchronization

extension StaleGrants {
    /// One node whose store is changed by somebody else.
    static func untold() async throws -> Duration {
        let store = InMemoryMemberships([member: ["org:admin"]])
        let node = try authorizer(store)
        while try await !node.isAllowed(member) {}
        store.remove(role: "org:admin", from: member)
        return try await lastAllowed(since: .now) { try await node.isAllowed(member) }
    }

    /// A copy that follows its original after a while.
    private final class LaggingDirectory: MembershipDirectory {
        private let removed = Mutex<ContinuousClock.Instant?>(nil)

        func remove() { removed.withLock { $0 = .now } }

        func membership(of member: Member) -> Membership? {
            let isKnown = removed.withLock { $0.map { ContinuousClock.now - $0 >= StaleGrants.lag } ?? false }
            return isKnown ? [] : ["org:admin"]
        }

        func lag() -> Duration { StaleGrants.lag }
    }

    /// One node that asks a directory just before the directory learns of it, and forgets what it remembered before where it is told.
    static func lagging(isTold: Bool) async throws -> Duration {
        let directory = LaggingDirectory()
        let node = try authorizer(DirectoryMemberships(directory, maximumLag: lag))
        if isTold { while try await !node.isAllowed(member) {} }
        directory.remove()
        let start = ContinuousClock.now
        if isTold { try await node.invalidate(Invalidation(.member(member))) }
        while ContinuousClock.now - start < lag - .milliseconds(5) { await Task.yield() }
        return try await lastAllowed(since: start) { try await node.isAllowed(member) }
    }

    /// One node that would remember a role for longer than the member holds it.
    static func ending() async throws -> Duration {
        let start = ContinuousClock.now
        let ends = WallClock.system.now().advanced(by: lag)
        let node = try authorizer(InMemoryMemberships([member: [RoleAssignment("org:admin", notAfter: ends)]]))
        guard try await node.isAllowed(member) else { throw WrongAnswer() }
        return max(.zero, try await lastAllowed(since: start) { try await node.isAllowed(member) } - lag)
    }

    /// One node whose policy no longer grants it.
    static func replaced() async throws -> Duration {
        let node = try authorizer(InMemoryMemberships([member: ["org:admin"]]))
        while try await !node.isAllowed(member) {}
        node.policy.replace(with: try PolicyEngine(Policy { Role("org:admin") }))
        return try await lastAllowed(since: .now) { try await node.isAllowed(member) }
    }

    /// One node whose requests bring a token that says so.
    static func claimed(isMarked: Bool) async throws -> Duration {
        let node = try authorizer(SessionClaims())
        let (issued, isAllowed) = try await checkOfToken(at: node)
        guard isMarked else { return try await lastAllowed(since: issued, isAllowed) }
        try await node.invalidate(revocation)
        return try await lastAllowed(since: .now, isAllowed)
    }

    /// A node whose requests bring such a token, which another node revokes.
    static func claimedElsewhere() async throws -> Duration {
        let bus = InProcessInvalidationBus()
        let nodes = try (0..<2).map { _ in try authorizer(SessionClaims(), bus: bus.endpoint()) }
        let listening = nodes.map { node in Task { try await node.followBus() } }
        defer { for task in listening { task.cancel() } }
        while nodes.contains(where: { !$0.cache.isConnected }) {
            bus.sendHeartbeat()
            await Task.yield()
        }
        let (_, isAllowed) = try await checkOfToken(at: nodes[1])
        try await nodes[0].invalidate(revocation)
        return try await lastAllowed(since: .now, isAllowed)
    }

    private static var revocation: Invalidation { Invalidation(.member(member), revokedAt: WallClock.system.now()) }

    /// When a new token was issued, and whether a node allows what it says, which at first it does.
    private static func checkOfToken(
        at node: Authorizer
    ) async throws -> (issued: ContinuousClock.Instant, isAllowed: () async throws -> Bool) {
        let pair = try KeyPair()
        let authenticator = JWTAuthenticator(
            verifier: try TokenVerifier(
                keys: try pair.keySet,
                configuration: .init(issuer: member.issuer, clockSkew: .zero, rememberedTokens: 10)
            ),
            claims: ClaimMapping(organization: "org", roles: ["role"]),
            marks: node.marks
        )
        let issued = ContinuousClock.now
        let claims = TokenMinter.claims(
            subject: member.user,
            issuer: member.issuer,
            at: WallClock.system.now(),
            lifetime: tokenLifetime,
            adding: ["org": "org_1", "role": "org:admin"]
        )
        let token = try TokenMinter(keyPair: pair).token(claims: claims)
        let request = AuthorizationRequest(
            method: .get,
            path: "/",
            headerFields: [.authorization: "Bearer \(token)"]
        )
        func isAllowed() async throws -> Bool {
            guard case .authenticated(let principal) = await authenticator.authenticate(request) else { return false }
            return try await node.isAllowed("org:invoices:read", for: principal)
        }
        guard try await isAllowed() else { throw WrongAnswer() }
        return (issued, isAllowed)
    }
}
