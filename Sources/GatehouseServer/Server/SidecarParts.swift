#if Server
import Gatehouse
import GatehouseBase
import GatehouseClerk
import GatehouseHTTP
import GatehouseHummingbird
import GatehouseRecords
import GatehouseSQLite
import GatehouseTokens
import HTTPTypes
import Logging
import ServiceLifecycle

extension Sidecar {
    /// What a server is made of.
    struct Parts {
        /// Decides about requests that proxies ask about, by their credentials.
        let requests: Authorizer
        /// Decide about subjects of the decision API that are users, with the roles of the store; the first tells the observers.
        let subjects: (told: Authorizer, silent: Authorizer)
        /// Decide about other subjects.
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
            let records = try await Self.records(configuration, clock)
            let marks = records?.marks ?? RevocationMarks(clock: clock)
            let cache = PermissionCache()
            let client = try configuration.clerk.flatMap { try Self.client($0, transport) }
            let observers: [any DecisionObserver] = records.map { [$0.audit] } ?? []
            let discovery = Self.discovery(records, client, issuer: issuer, logger, clock)
            func authorizer(
                _ memberships: any MembershipSource,
                _ source: Authorizer.PermissionSource,
                isTold: Bool,
                discovery: DirectoryDiscovery<SQLiteRecords>? = nil,
                secondFactor: SecondFactorDemands? = nil
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
                    observers: (isTold ? observers : []) + (discovery.map { [$0] } ?? []),
                    clock: clock
                )
            }
            var demands: SecondFactorDemands?
            if let records {
                demands = SecondFactorDemands(DirectorySecondFactor(records, issuer: issuer))
            } else if let client {
                demands = SecondFactorDemands(client.organizations)
            } else if configuration.clerk != nil {
                logger.notice(
                    "Which organizations demand a second factor is unknown, and so is not applied: there is no store, and no secret key"
                )
            }
            requests = authorizer(
                SessionClaims(),
                configuration.permissionsFrom,
                isTold: true,
                discovery: discovery,
                secondFactor: demands
            )
            let memberships: any MembershipSource = records?.memberships(issuer: issuer) ?? SessionClaims()
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
            services.append(BackgroundService { await Self.probe(records, health, logger) })
            if let compliance = configuration.compliance {
                let sender = ComplianceSender(records, to: compliance, transport: transport, clock: clock)
                services.append(BackgroundService { try await sender.run() })
            }
            guard let clerk = configuration.clerk, !clerk.webhookSecrets.isEmpty else {
                webhooks = nil
                return
            }
            let receiver = try ClerkWebhooks(
                records,
                secrets: clerk.webhookSecrets,
                authorizer: requests,
                audit: records.audit,
                clerk: client,
                logger: logger,
                clock: clock
            )
            services.append(receiver.service)
            webhooks = receiver
        }

        private static func records(_ configuration: ServerConfiguration, _ clock: WallClock) async throws
            -> SQLiteRecords?
        {
            guard case .sqlite(let path)? = configuration.store else { return nil }
            // Tokens of machines and of other issuers live up to a day, and so do marks.
            let lifetime = max(configuration.clerk?.maximumTokenLifetime ?? .zero, .seconds(86_400))
            return try await SQLiteRecords(
                path: path,
                audit: configuration.audit,
                maximumTokenLifetime: lifetime,
                clock: clock
            )
        }

        /// Finds out about users of tokens whom no webhook told of; `nil` where Clerk cannot be asked, or nothing is kept.
        private static func discovery(
            _ records: SQLiteRecords?,
            _ client: ClerkClient?,
            issuer: String,
            _ logger: Logger,
            _ clock: WallClock
        ) -> DirectoryDiscovery<SQLiteRecords>? {
            guard let records, let client else { return nil }
            return DirectoryDiscovery(
                records,
                issuer: issuer,
                backend: ClerkDirectoryBackend(client).answering(within: .seconds(10)),
                clock: clock,
                failed: { error in
                    logger.warning(
                        "A user was not looked up at Clerk",
                        metadata: ["gatehouse.reason.message": "\("\(error)".inOneLine())"]
                    )
                }
            )
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
                // A cookie is sent along with what other sites ask for: the origin has to be known.
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

        /// Asks the store from time to time whether it answers.
        private static func probe(_ records: SQLiteRecords, _ health: Health, _ logger: Logger) async {
            var hasFailed = false
            while !Task.isCancelled {
                do {
                    _ = try await records.read { try $0.revision() }
                    health.storeFailed(nil)
                    if hasFailed { logger.notice("The store answers again") }
                    hasFailed = false
                } catch {
                    health.storeFailed("\(error)".inOneLine())
                    if !hasFailed {
                        logger.error(
                            "The store does not answer",
                            metadata: ["gatehouse.reason.message": "\("\(error)".inOneLine())"]
                        )
                    }
                    hasFailed = true
                }
                guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
            }
        }
    }
}
#endif
