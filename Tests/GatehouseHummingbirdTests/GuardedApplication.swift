#if Hummingbird
import GatehouseClerk
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird
import HummingbirdTesting

/// A small server as a host would write it, and tokens for it.
struct GuardedApplication {
    static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    /// One key pair for all tests: making one takes longer than all of them.
    static let pair = Result { try KeyPair() }

    static let unreachable = ScriptedMemberships(failing: MembershipSourceError("down"))

    let minter: TokenMinter
    let application: Application<RouterResponder<BasicPrincipalRequestContext>>

    init() throws {
        let pair = try Self.pair.get()
        minter = TokenMinter(keyPair: pair)
        let clock = ManualClock(Self.now)
        let authorizer = Authorizer(
            engine: try PolicyEngine(Policy { Role("org:admin", grants: ["org:invoices:read"]) })
        )
        let clerk = try ClerkAuthenticator(keys: try pair.keySet, clock: clock.wall)
        let other = JWTAuthenticator(
            verifier: try TokenVerifier(
                keys: try pair.keySet,
                configuration: .init(issuer: "https://id.example.com"),
                clock: clock.wall
            ),
            claims: ClaimMapping(roles: ["realm_access.roles"])
        )
        let unreachable = try RemoteKeySet(
            configuration: .init(url: "https://id.example.com/jwks"),
            transport: InMemoryTransport(answers: [.failure(HTTPTransportError(.connectionFailed, "down"))])
        )

        let router = Router(context: BasicPrincipalRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.get("public") { _, context in context.principal?.id ?? "nobody" }

        let api = router.group("clerk").add(middleware: AuthenticationMiddleware(clerk))
        api.get("me") { _, context in context.principal?.id ?? "nobody" }
        api.group("invoices")
            .add(middleware: RequirementMiddleware(.permission("org:invoices:read"), by: authorizer))
            .get { _, context in "invoices of \(context.principal?.organization?.id ?? "nobody")" }
        api.group("decided")
            .add(middleware: RequirementMiddleware(.permission("org:invoices:read"), by: authorizer))
            .add(middleware: DecisionMiddleware())
            .get { _, _ in "decided before" }
        api.group("forgotten")
            .add(middleware: DecisionMiddleware())
            .get { _, _ in "open" }
        api.group("repeated/:id/of")
            .add(middleware: RequirementMiddleware(.permission("org:invoices:read"), by: authorizer))
            .get(":id") { _, context in "\(context.parameters.getAll("id"))" }
            .get("other/:other") { _, context in "\(context.parameters.getAll("id"))" }
        let undecided = Authorizer(engine: authorizer.engine, memberships: Self.unreachable, issuer: "")
        @Sendable func ask() async throws -> String {
            let isAllowed = try await undecided.isAllowed(organization: "o", user: "u", permission: "org:invoices:read")
            return isAllowed ? "yes" : "no"
        }
        api.get("asking") { _, _ in try await ask() }
        router.get("asking") { _, _ in try await ask() }

        router.group("other")
            .add(
                middleware: GuardMiddleware(
                    AuthenticationGuard(other).requiring(.role("org:admin"), by: authorizer)
                )
            )
            .get { _, context in context.principal?.issuer ?? "nobody" }
        router.group("unreachable")
            .add(middleware: AuthenticationMiddleware(try ClerkAuthenticator(keys: unreachable)))
            .get { _, _ in "open" }
        application = Application(router: router, logger: RecordedLog().logger)
    }

    /// A session token of an organization's member.
    func session(role: String, lifetime: Duration = .seconds(60), status: String? = nil) throws -> String {
        var claims = ClerkClaims(organization: .init(role: role))
        claims.status = status
        return try minter.clerkSession(claims, at: Self.now, lifetime: lifetime)
    }
}
#endif
