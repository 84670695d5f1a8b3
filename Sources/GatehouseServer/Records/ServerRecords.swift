#if Server
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseClerk
import GatehouseHummingbird
import GatehousePostgreSQL
import GatehouseRecords
import GatehouseSQLite
import GatehouseTokens
import Logging
import ServiceLifecycle

/// The records of a sidecar, in any store.
protocol ServerRecords: RecordStore {
    var marks: RevocationMarks { get }
    var audit: AuditLog { get }
    /// The bus that tells other nodes what to forget; `nil` if no other node shares the store.
    var nodes: (any InvalidationBus)? { get }
    /// Returns the roles of members by the directory and by assignments.
    func source(issuer: String) -> any MembershipSource
    /// Returns the policy that was published for all nodes; `nil` if none was.
    func publishedPolicy() async throws -> PolicyEngine?
    /// Keeps a policy equal to the published policy until the task is cancelled, and reports each policy that was loaded or could not be
    /// loaded.
    func followPublishedPolicy(_ policy: CurrentPolicy, _ reloaded: @Sendable (Bool) -> Void) async throws
}

extension ServerRecords {
    func publishedPolicy() async throws -> PolicyEngine? { nil }
    func followPublishedPolicy(_ policy: CurrentPolicy, _ reloaded: @Sendable (Bool) -> Void) async throws {}
}

extension SQLiteRecords: ServerRecords {
    var nodes: (any InvalidationBus)? { nil }
    func source(issuer: String) -> any MembershipSource { memberships(issuer: issuer) }
}

#if PostgreSQL
extension PostgreSQLRecords: ServerRecords {
    var nodes: (any InvalidationBus)? { bus }
    func source(issuer: String) -> any MembershipSource { memberships(issuer: issuer) }
    func publishedPolicy() async throws -> PolicyEngine? { try await sharedPolicy() }
    func followPublishedPolicy(_ policy: CurrentPolicy, _ reloaded: @Sendable (Bool) -> Void) async throws {
        try await followSharedPolicy(policy, reloaded: reloaded)
    }
}
#endif

extension ServerConfiguration {
    /// Opens the store; `nil` if there is none.
    ///
    /// - Throws: `RecordStoreError` if the store cannot be opened.
    func records(_ clock: WallClock) async throws -> (any ServerRecords)? {
        // Tokens of machines and of other issuers live up to a day. Marks live as long.
        let lifetime = max(clerk?.maximumTokenLifetime ?? .zero, .seconds(86_400))
        switch store {
        case nil: return nil
        case .sqlite(let path):
            return try await SQLiteRecords(
                path: path,
                audit: audit,
                auditWriter: node ?? "gatehouse",
                maximumTokenLifetime: lifetime,
                clock: clock
            )
        #if PostgreSQL
        case .postgreSQL(let address):
            return try await PostgreSQLRecords(
                url: address,
                node: node ?? Self.hostName,
                configuration: PostgreSQLRecords.Configuration(maximumTokenLifetime: lifetime),
                audit: audit,
                clock: clock
            )
        #else
        case .postgreSQL: throw RecordStoreError(.unusable, DatabaseAddress.missingTrait)
        #endif
        }
    }

    #if PostgreSQL
    private static var hostName: String {
        let name = ProcessInfo.processInfo.hostName
        return name.isNodeName ? name : "gatehouse"
    }
    #endif
}

extension String {
    /// True for 1 to 200 printable characters of ASCII without spaces and plus signs, which names of checkpoints may not have.
    var isNodeName: Bool {
        (1...200).contains(utf8.count) && utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") }
    }
}

extension ServerRecords {
    /// Makes the demands of the directory's organizations. The client is asked about those that the directory has never seen.
    func secondFactorDemands(issuer: String, _ client: ClerkClient?) -> SecondFactorDemands {
        SecondFactorDemands(DirectorySecondFactor(self, issuer: issuer, otherwise: client?.organizations))
    }

    /// Makes a discovery that looks up users whom no webhook has reported.
    func discovery(
        of issuer: String,
        by client: ClerkClient,
        logger: Logger,
        clock: WallClock
    ) -> (observer: any DecisionObserver, service: any Service) {
        let discovery = DirectoryDiscovery(
            self,
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
        return (discovery, discovery.service)
    }

    /// Makes a receiver of Clerk's webhooks.
    func webhooks(
        secrets: [String],
        authorizer: Authorizer,
        clerk: ClerkClient?,
        logger: Logger,
        clock: WallClock
    ) throws -> (any WebhookAnswering, any Service) {
        let receiver = try ClerkWebhooks(
            self,
            secrets: secrets,
            authorizer: authorizer,
            audit: audit,
            clerk: clerk,
            logger: logger,
            clock: clock
        )
        return (receiver, receiver.service)
    }

    /// Makes a sender of selected records to an endpoint.
    func sender(to endpoint: ComplianceEndpoint, transport: any HTTPTransport, clock: WallClock) -> any Service {
        let sender = ComplianceSender(self, to: endpoint, transport: transport, clock: clock)
        return BackgroundService { try await sender.run() }
    }

    /// Checks every second that the store answers, until the task is cancelled.
    func probe(_ health: Health, _ logger: Logger) async {
        var hasFailed = false
        while !Task.isCancelled {
            do {
                _ = try await read { try $0.revision() }
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
#endif
