#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseClerk
import GatehouseHTTP
import GatehouseTesting
import InMemoryLogging
import Logging
import Synchronization

/// The rules that every server guards, and the tokens of those who ask.
final class GuardedAPI: Sendable {
    static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    static let issuer = Result { try TestIssuer() }

    let authorizer: Authorizer
    /// The lines of the adapter's logger.
    let log = InMemoryLogHandler()
    private let handled = Mutex<[(path: String, user: String?)]>([])

    init() throws {
        authorizer = try Authorizer(
            policy: Policy {
                Role("org:member") { Grants("org:invoices:read") }
                Role("org:admin") {
                    Inherits("org:member")
                    Grants("org:invoices:void")
                }
            }
        )
    }

    var logger: Logger {
        let log = log
        return Logger(label: "test") { _ in log }
    }

    static var rules: RouteRules {
        get throws {
            RouteRules(
                try RouteRule("/public/**", requires: .public),
                try RouteRule("/me", requires: .authenticated),
                try RouteRule("/invoices", methods: [.get], requires: .permission("org:invoices:read")),
                try RouteRule("/invoices", methods: [.post], requires: .permission("org:invoices:void")),
                try RouteRule("/invoices/{id}", methods: [.delete], requires: .permission("org:invoices:void")),
                try RouteRule("/orgs/{org}", requires: .organization(inPath: "org")),
                try RouteRule("/orgs/{org}/admin/**", requires: .organization(inPath: "org"), .role("org:admin")),
                try RouteRule("/step-up", requires: .factor(.strict)),
                try RouteRule("/pro", requires: .plan("o:pro")),
                try RouteRule("/feature", requires: .feature("export")),
                try RouteRule("/machine", requires: .tokenKind(.m2m)),
                try RouteRule("/down", requires: .custom("down") { _ in .unavailable("down") }),
                try RouteRule(
                    "/either",
                    requires: .anyOf(.custom("down") { _ in .unavailable("down") }, .role("org:admin"))
                ),
                try RouteRule("/nobody", requires: .allOf([])),
                try RouteRule("/pages/secret", requires: .role("org:admin")),
                try RouteRule("/pages/{page}", requires: .public),
                try RouteRule("/", requires: .public)
            )
        }
    }

    func authenticator() throws -> ClerkAuthenticator {
        let issuer = try Self.issuer.get()
        return try ClerkAuthenticator(
            keys: try issuer.keys,
            configuration: .init(
                issuer: issuer.name,
                authorizedParties: ["https://app.example.com"],
                acceptsSessionCookie: true
            ),
            clock: ManualClock(Self.now).wall
        )
    }

    func routeGuard(_ rules: RouteRules? = nil, host: HostReading = []) throws -> RouteGuard<ClerkAuthenticator> {
        RouteGuard(
            try rules ?? Self.rules,
            by: try authenticator(),
            authorizer,
            host: host,
            crossOrigin: CrossOriginPolicy(origins: ["https://app.example.com"])
        )
    }

    /// Says who asks; notes that a handler ran.
    func handle(_ request: AuthorizationRequest) -> String { handle(request.path, by: request.principal?.id) }

    func handle(_ path: String, by user: String?) -> String {
        handled.withLock { $0.append((path, user)) }
        return user ?? "nobody"
    }

    /// The requests for which a handler ran.
    var handledRequests: [(path: String, user: String?)] { handled.withLock(\.self) }

    /// The number of times that a handler ran.
    var handledCount: Int { handled.withLock { $0.count } }
}

/// Who asks.
enum Caller: String, CaseIterable, Sendable {
    case nobody, member, admin, stranger, stepped, expired, forged

    var token: String? {
        get throws {
            guard self != .nobody else { return nil }
            var claims = ClerkClaims.member(rawValue, of: self == .stranger ? "org_2" : "org_1")
            if self == .admin || self == .forged { claims.organization?.role = "admin" }
            claims.authorizedParty = "https://app.example.com"
            claims.factorAges = self == .stepped ? [0, -1] : [600, -1]
            if self == .stepped { (claims.plans, claims.features) = (["o:pro"], ["o:export"]) }
            var issuer = try GuardedAPI.issuer.get()
            if self == .forged {
                issuer = try TestIssuer(issuer.name, keyPair: KeyPair(id: issuer.keyPair.id))
            }
            let time = self == .expired ? GuardedAPI.now.advanced(by: .seconds(-7_200)) : GuardedAPI.now
            return try issuer.token(for: claims, at: time)
        }
    }
}
#endif
