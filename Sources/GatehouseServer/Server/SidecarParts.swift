#if Server
import Gatehouse
import GatehouseBase
import GatehouseClerk
import GatehouseHTTP
import GatehouseHummingbird
import GatehouseRecords
import GatehouseTokens
import HTTPTypes
import Logging
import ServiceLifecycle

extension Sidecar {
    /// The parts of a server.
    struct Parts {
        /// The authorizer for requests that proxies ask about, with the requests' credentials.
        let requests: Authorizer
        /// The authorizer for a proxy that asks a second time, for the text of a refusal.
        let repeatedRequests: Authorizer
        /// The authorizers for users as subjects of the decision API, with the roles of the store. The first informs the observers.
        let subjects: (told: Authorizer, silent: Authorizer)
        /// The authorizers for other subjects.
        let otherSubjects: (told: Authorizer, silent: Authorizer)
        let authenticator: SidecarAuthenticator
        let webhooks: (any WebhookAnswering)?
        let fileKeys: (path: String, keys: ReplaceableKeySet)?
        private(set) var services: [any Service] = []

        init(
            _ configuration: ServerConfiguration,
            _ policy: CurrentPolicy,
            _ health: Health,
            _ metrics: SidecarMetrics,
            _ logger: Logger,
            _ transport: any HTTPTransport,
            _ clock: WallClock
        ) async throws {
            let issuer = configuration.clerk?.issuer ?? ""
            let records = try await configuration.records(clock)
            if configuration.isPolicyPublished {
                guard let records, let engine = try await records.publishedPolicy() else {
                    throw ConfigurationError.noPublishedPolicy
                }
                policy.replace(with: engine)
                configuration.closedRoutes(by: engine, in: nil).log(by: logger)
                services.append(
                    BackgroundService {
                        try await records.followPublishedPolicy(policy) { metrics.policyReloaded($0, at: clock.now()) }
                    }
                )
            }
            let marks = records?.marks ?? RevocationMarks(clock: clock)
            let cache = PermissionCache()
            let client = try configuration.clerk.flatMap { try Self.client($0, transport) }
            let observers: [any DecisionObserver] = records.map { [$0.audit] } ?? []
            let discovery = client.flatMap { records?.discovery(of: issuer, by: $0, logger: logger, clock: clock) }
            func authorizer(
                _ memberships: any MembershipSource,
                _ source: Authorizer.PermissionSource,
                isTold: Bool,
                discovery: (any DecisionObserver)? = nil,
                secondFactor: SecondFactorDemands? = nil,
                bus: (any InvalidationBus)? = nil
            ) -> Authorizer {
                Authorizer(
                    policy: policy,
                    permissionSource: source,
                    scopes: configuration.scopes,
                    memberships: memberships,
                    issuer: issuer,
                    cache: cache,
                    marks: marks,
                    secondFactor: secondFactor,
                    bus: bus,
                    observers: (isTold ? observers : []) + (discovery.map { [$0] } ?? []),
                    clock: clock
                )
            }
            var demands: SecondFactorDemands?
            if let records {
                demands = records.secondFactorDemands(issuer: issuer, client)
            } else if let client {
                demands = SecondFactorDemands(client.organizations)
            } else if configuration.clerk != nil {
                logger.notice(
                    "Which organizations demand a second factor is unknown, and so is not applied: there is no store, and no secret key"
                )
            }
            // Only one authorizer follows the bus, since all of them share its cache and its marks.
            requests = authorizer(
                SessionClaims(),
                configuration.permissionsFrom,
                isTold: true,
                discovery: discovery?.observer,
                secondFactor: demands,
                bus: records?.nodes
            )
            repeatedRequests = authorizer(
                SessionClaims(),
                configuration.permissionsFrom,
                isTold: false,
                secondFactor: demands
            )
            if records?.nodes != nil { health.watch(cache) }
            let memberships = records?.source(issuer: issuer) ?? SessionClaims()
            subjects = (
                authorizer(memberships, .roles, isTold: true), authorizer(memberships, .roles, isTold: false)
            )
            otherSubjects = (
                authorizer(SessionClaims(), .roles, isTold: true), authorizer(SessionClaims(), .roles, isTold: false)
            )

            if let clerk = configuration.clerk {
                let (keys, fileKeys) = try Self.keys(clerk, transport, health)
                health.watch(keys)
                self.fileKeys = fileKeys
                let authenticator = try Self.authenticator(clerk, keys, client, marks, clock)
                self.authenticator = .clerk(authenticator)
                services.append(authenticator)
            } else {
                fileKeys = nil
                authenticator = .nobody
            }
            services.append(
                AuthorizerService(
                    requests,
                    logger: logger,
                    metrics: PermissionCacheMetrics(cache, factory: metrics.registry)
                )
            )
            guard let records else {
                webhooks = nil
                return
            }
            try await records.audit.keep(policy.engine)
            services.append(records.audit.service)
            if let discovery { services.append(discovery.service) }
            services.append(BackgroundService { await records.probe(health, logger) })
            if let compliance = configuration.compliance {
                services.append(records.sender(to: compliance, transport: transport, clock: clock))
            }
            guard let clerk = configuration.clerk, !clerk.webhookSecrets.isEmpty else {
                webhooks = nil
                return
            }
            let (receiver, service) = try records.webhooks(
                secrets: clerk.webhookSecrets,
                authorizer: requests,
                clerk: client,
                logger: logger,
                clock: clock
            )
            services.append(service)
            webhooks = receiver
        }

        private static func client(
            _ clerk: ServerConfiguration.Clerk,
            _ transport: any HTTPTransport
        ) throws -> ClerkClient? {
            guard let secretKey = clerk.secretKey else { return nil }
            var configuration = ClerkClient.Configuration()
            if let address = clerk.apiURL { configuration.address = address }
            return try ClerkClient(
                secretKey: try ClerkSecretKey(secretKey),
                transport: transport,
                configuration: configuration
            )
        }

        private static func keys(
            _ clerk: ServerConfiguration.Clerk,
            _ transport: any HTTPTransport,
            _ health: Health
        ) throws -> (any KeySource, (path: String, keys: ReplaceableKeySet)?) {
            switch clerk.keys {
            case .key(let text): return (try KeySet(jwtKey: text), nil)
            case .file(let path):
                let keys = ReplaceableKeySet(try KeySet(jwksFile: path))
                return (keys, (path, keys))
            case .url(let url):
                return (try remote(RemoteKeySet.Configuration(url: url), transport, health), nil)
            case .backend:
                let address = clerk.apiURL ?? ClerkClient.Configuration().address
                let fields: HTTPFields = [.authorization: "Bearer \(clerk.secretKey ?? "")"]
                let settings = RemoteKeySet.Configuration(url: address + "/v1/jwks", headerFields: fields)
                return (try remote(settings, transport, health), nil)
            }
        }

        private static func remote(
            _ configuration: RemoteKeySet.Configuration,
            _ transport: any HTTPTransport,
            _ health: Health
        ) throws -> RemoteKeySet {
            try RemoteKeySet(configuration: configuration, transport: transport, observer: health)
        }

        private static func authenticator(
            _ clerk: ServerConfiguration.Clerk,
            _ keys: any KeySource,
            _ client: ClerkClient?,
            _ marks: RevocationMarks,
            _ clock: WallClock
        ) throws -> ClerkAuthenticator {
            var configuration = ClerkAuthenticator.Configuration(
                issuer: clerk.issuer,
                authorizedParties: clerk.authorizedParties,
                maximumTokenLifetime: clerk.maximumTokenLifetime,
                acceptedTokens: [.session, .m2m, .oauth],
                // Browsers send a cookie with requests of other sites, too, so that the allowed origins must be known.
                acceptsSessionCookie: !clerk.authorizedParties.isEmpty
            )
            configuration.publishableKey = clerk.publishableKey.flatMap { PublishableKey($0) }
            if client != nil { configuration.acceptedTokens.append(.apiKey) }
            return try ClerkAuthenticator(
                keys: keys,
                opaqueTokens: client.map { ClerkTokenVerifier($0) },
                configuration: configuration,
                marks: marks,
                clock: clock
            )
        }
    }
}

extension ConfigurationError {
    fileprivate static var noPublishedPolicy: ConfigurationError {
        let message = "none is published in the store: `gatehouse policy publish FILE --store …` puts one there"
        return ConfigurationError(one: ConfigurationProblem("policy", message, in: nil))
    }
}

extension [ConfigurationProblem] {
    func log(by logger: Logger) {
        for problem in self {
            logger.error(
                "Something of the configuration cannot be meant",
                metadata: ["gatehouse.reason.message": "\(problem)"]
            )
        }
    }
}
#endif
