import GatehouseClerk
import GatehouseHummingbird
import GatehouseNIO
import GatehouseTesting
import Hummingbird
import JWTKit
import Logging
import SessionTokens

/// The servers, and the token that all of them are sent.
struct Servers {
    let token: String
    private let pair: KeyPair

    init() throws {
        pair = try KeyPair(id: "ins_2GIoQhbUpy0hX7B2cVkuTMinXoD")
        // To the second, as Clerk writes dates.
        let now = Timestamp(clampingSecondsSinceEpoch: WallClock.system.now().secondsSinceEpoch.rounded(.down))
        token = try TokenMinter(keyPair: pair).token(claims: SessionToken.claims(at: now, lifetime: .seconds(3_600)))
    }

    /// Starts a server.
    ///
    /// - Returns: Its port on loopback.
    func start(_ contender: Contender) async throws -> Int {
        switch contender {
        case .bare:
            let router = Router(context: BasicRequestContext.self)
            router.get("invoices") { _, _ in "invoices" }
            return try await start(router)
        case .claims: return try await start(router(Authorizer(engine: PolicyEngine(Self.policy))))
        case .store:
            let member = Member(SessionToken.user, in: SessionToken.organization, issuer: SessionToken.issuer)
            let store = InMemoryMemberships([member: ["org:admin"]])
            return try await start(
                router(
                    Authorizer(engine: PolicyEngine(Self.policy), memberships: store, issuer: SessionToken.issuer)
                )
            )
        case .cold:
            return try await start(router(Authorizer(engine: PolicyEngine(Self.policy)), rememberedTokens: 0))
        case .digest:
            let router = Router(context: BasicRequestContext.self)
            router.add(middleware: TokenDigest())
            router.get("invoices") { _, _ in "invoices" }
            return try await start(router)
        case .signature:
            let router = Router(context: BasicRequestContext.self)
            router.add(middleware: try TokenSignature(token, by: pair))
            router.get("invoices") { _, _ in "invoices" }
            return try await start(router)
        case .jwtKit:
            let keys = try await JWTKeyCollection().add(jwksJSON: pair.jwks.description)
            let router = Router(context: BasicRequestContext.self)
            router.add(middleware: JWTKitGuard(keys: keys, permission: "org:invoices:read"))
            router.get("invoices") { _, _ in "invoices" }
            return try await start(router)
        case .bareNIO: return try await startNIO { [] }
        case .guardedNIO:
            let rules = try rules("/invoices")
            return try await startNIO { [GuardHandler(rules)] }
        case .digestNIO: return try await startNIO { [TokenDigestHandler()] }
        case .bareFlyingFox: return try await startFlyingFox(isGuarded: false)
        case .guardedFlyingFox: return try await startFlyingFox(isGuarded: true)
        case .bareGRPC: return try await startGRPC(isGuarded: false)
        case .guardedGRPC: return try await startGRPC(isGuarded: true)
        }
    }

    /// Rules for the one route, and a credential that is remembered.
    func rules(_ path: String, host: HostReading = []) throws -> RouteGuard<ClerkAuthenticator> {
        let authorizer = Authorizer(engine: try PolicyEngine(Self.policy))
        let rule = try RouteRule(path, requires: .permission("org:invoices:read"))
        return RouteGuard(RouteRules(rule), by: try clerk(authorizer), authorizer, host: host)
    }

    private static let policy = Policy {
        Role("org:member") { Grants("org:invoices:read", "org:reports:*") }
        Role("org:admin") {
            Inherits("org:member")
            Grants("org:invoices:*", "org:members:manage")
        }
    }

    /// As a user writes it: keys from an address, and the authorizer's marks.
    private func clerk(_ authorizer: Authorizer, rememberedTokens: Int = 4_096) throws -> ClerkAuthenticator {
        let transport = InMemoryTransport(answers: [.json(pair.jwks.description)])
        return try ClerkAuthenticator(
            keys: RemoteKeySet(configuration: .init(url: "https://issuer.example/jwks"), transport: transport),
            configuration: .init(
                issuer: SessionToken.issuer,
                authorizedParties: [SessionToken.authorizedParty],
                rememberedTokens: rememberedTokens
            ),
            marks: authorizer.marks
        )
    }

    private func router(
        _ authorizer: Authorizer,
        rememberedTokens: Int = 4_096
    ) throws -> GuardedRouter<BasicPrincipalRequestContext> {
        let clerk = try clerk(authorizer, rememberedTokens: rememberedTokens)
        let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer)
        router.get("invoices", requires: .permission("org:invoices:read")) { _, _ in "invoices" }
        return router
    }

    private func start<Routes: HTTPResponderBuilder>(_ router: Routes) async throws -> Int
    where Routes.Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        var logger = Logger(label: "benchmark")
        logger.logLevel = .warning
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { running.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        Task {
            do { try await application.run() } catch { print("a server ended: \(error)") }
            running.finish()
        }
        for await port in ports where port > 0 { return port }
        throw Failure("a server did not start")
    }
}

/// Why nothing was measured.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
