import GatehouseClerk
import GatehouseTesting
import SessionTokens

/// A request whose token was verified before, and what its route requires: all that a guard does, without a server.
struct RememberedRequest {
    private let gate: Gate<ClerkAuthenticator>
    private let fields: HTTPFields
    private let request: AuthorizationRequest
    private static let id = "f47ac10b-58cc-4372-a567-0e02b2c3d479"
    private let requirement = Requirement.permission("org:invoices:read")

    /// - Parameters:
    ///   - hasStore: True if roles come from a store, and not from the token.
    ///   - metrics: What hears of decisions; `nil` for nothing.
    init(hasStore: Bool, metrics: DecisionMetrics? = nil) async throws {
        let pair = try KeyPair(id: "ins_2GIoQhbUpy0hX7B2cVkuTMinXoD")
        let authorizer =
            if hasStore {
                Authorizer(
                    engine: try PolicyEngine(CachedCheck.policy),
                    memberships: InMemoryMemberships([
                        Member(SessionToken.user, in: SessionToken.organization, issuer: SessionToken.issuer): [
                            "org:admin"
                        ]
                    ]),
                    issuer: SessionToken.issuer,
                    cache: try PermissionCache(.init(timeToLive: .seconds(3_600)))
                )
            } else {
                Authorizer(engine: try PolicyEngine(CachedCheck.policy))
            }
        let transport = InMemoryTransport(answers: [.json(pair.jwks.description)])
        let clerk = try ClerkAuthenticator(
            keys: RemoteKeySet(configuration: .init(url: "https://issuer.example/jwks"), transport: transport),
            configuration: .init(issuer: SessionToken.issuer, maximumTokenLifetime: .seconds(86_400)),
            marks: authorizer.marks
        )
        gate = Gate(clerk, authorizer, metrics: metrics)
        let token = try TokenMinter(keyPair: pair).token(claims: SessionToken.claims(at: WallClock.system.now()))
        fields = [.authorization: "Bearer \(token)"]
        request = AuthorizationRequest(method: .get, path: "/invoices", headerFields: fields, requestID: Self.id)
    }

    /// The guard alone: authentication and the requirement.
    @inline(never)
    func guarded(_ count: Int) async throws {
        for _ in 0..<count {
            guard case .proceed(let authorized) = await gate.authorize(request, requires: requirement),
                authorized.isDecided
            else { throw WrongAnswer() }
        }
    }

    /// With the request, as an adapter to a server makes it.
    @inline(never)
    func whole(_ count: Int) async throws {
        for _ in 0..<count {
            let request = AuthorizationRequest(
                method: .get,
                path: "/invoices",
                headerFields: fields,
                requestID: Self.id
            )
            guard case .proceed(let authorized) = await gate.authorize(request, requires: requirement),
                authorized.isDecided
            else { throw WrongAnswer() }
        }
    }
}
