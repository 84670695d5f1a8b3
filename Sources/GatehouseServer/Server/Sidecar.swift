#if Server
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseClerk
import GatehouseCurl
import GatehouseHTTP
import GatehouseHummingbird
import GatehousePolicyFiles
import GatehouseRecords
import GatehouseTokens
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle
import Synchronization

/// The decision point as a server: AuthZEN 1.0, forward-auth for proxies, webhooks, health and metrics.
///
/// ```swift
/// let sidecar = try await Sidecar(ServerConfiguration(file: "gatehouse.yaml", environment: [:]))
/// try await ServiceGroup(services: [sidecar], gracefulShutdownSignals: [.sigterm], logger: logger).run()
/// ```
public final class Sidecar: Service {
    private let configuration: ServerConfiguration
    private let logger: Logger
    private let policy: CurrentPolicy
    private let entities: CurrentEntities
    let responder: SidecarResponder
    private let services: [any Service]
    private let health: Health
    private let metrics: SidecarMetrics
    private let fileKeys: (path: String, keys: ReplaceableKeySet)?
    private let clock: WallClock
    private let stamps: (policy: FileStamp?, entities: FileStamp?, keys: FileStamp?)
    private let listening: AsyncStream<Int>.Continuation
    private let ports: AsyncStream<Int>

    /// Makes a server, which reads its documents and opens its store at once. The server listens after ``run()`` is called.
    ///
    /// - Throws: ``ConfigurationError`` for documents that are not valid, `RecordStoreError` for a store that cannot be opened.
    public convenience init(
        _ configuration: ServerConfiguration,
        logger: Logger = Logger(label: "gatehouse") { JSONLogHandler(label: $0) }
    ) async throws {
        try await self.init(configuration, logger: logger, transport: CurlTransport(), clock: .system)
    }

    init(
        _ configuration: ServerConfiguration,
        logger: Logger,
        transport: any HTTPTransport,
        clock: WallClock
    ) async throws {
        self.configuration = configuration
        self.logger = logger
        self.clock = clock
        // The stamps are taken before the files are read, so that a change in between is noticed.
        var jwksFile: String?
        if case .file(let path)? = configuration.clerk?.keys { jwksFile = path }
        stamps = (
            configuration.policy.map { FileStamp($0) }, configuration.entities.map { FileStamp($0) },
            jwksFile.map { FileStamp($0) }
        )
        var problems: [ConfigurationProblem] = []
        let documents = configuration.documents ?? Documents.reading(configuration, &problems)
        if let error = ConfigurationError(problems) { throw error }
        guard let documents else { throw ConfigurationError.noPolicy }

        configuration.warnings.log(by: logger)
        metrics = SidecarMetrics()
        policy = CurrentPolicy(documents.engine)
        metrics.policyLoaded(at: clock.now())
        entities = CurrentEntities(documents.entities)
        health = Health(
            policy: policy,
            hasStore: configuration.store != nil,
            others: [KeySetLog(logger), KeySetMetrics(factory: metrics.registry)]
        )
        (ports, listening) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))

        let parts = try await Parts(configuration, policy, health, metrics, logger, transport, clock)
        services = parts.services
        fileKeys = parts.fileKeys
        let source = SourceAddress(trustedProxies: configuration.trustedProxies)
        responder = SidecarResponder(
            decisions: DecisionPoint(
                authorizer: parts.subjects.told,
                silent: parts.subjects.silent,
                otherSubjects: parts.otherSubjects,
                entities: entities
            ),
            keys: APIKeys(configuration.apiKeys),
            discovery: configuration.publicURL.map { Discovery(publicURL: $0) },
            forwardAuth: ForwardAuth(
                rules: configuration.routes,
                gate: Gate(
                    parts.authenticator,
                    parts.requests,
                    metrics: DecisionMetrics(factory: metrics.registry)
                ),
                again: Gate(parts.authenticator, parts.repeatedRequests),
                source: source,
                logger: logger
            ),
            source: source,
            webhooks: parts.webhooks,
            health: health,
            metrics: metrics,
            limits: configuration.limits,
            logger: logger
        )
    }

    /// Serves until the task is cancelled or the service group shuts down. Requests that are under way are answered.
    public func run() async throws {
        let limits = configuration.limits
        defer { listening.finish() }
        let isListening = IsListening()
        let application = Application(
            responder: responder,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: self.responder.connectionHandlers()
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.listen.host, port: configuration.listen.port),
                backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)
            ),
            services: services + [BackgroundService { await self.watchFiles() }],
            onServerRunning: { [listening, logger, configuration, isListening] channel in
                let port = channel.localAddress?.port ?? configuration.listen.port
                logger.notice(
                    "Gatehouse listens",
                    metadata: ["gatehouse.address": "\(ListenAddress(host: configuration.listen.host, port: port))"]
                )
                isListening.begin()
                listening.yield(port)
            },
            logger: logger
        )
        do {
            try await application.run()
        } catch let error as IOError where !isListening.value {
            let reason = String(cString: strerror(error.errnoCode))
            throw ConfigurationError(one: ConfigurationProblem("listen", "\(configuration.listen): \(reason)", in: nil))
        }
    }

    /// Returns the port after the server listens; `nil` if the server ended before. The method must be called only once.
    public func port() async -> Int? {
        for await port in ports { return port }
        return nil
    }

    /// Reads the policy, the entities and the keys of files again, as `gatehouse serve` does on SIGHUP. If a file is not valid, its
    /// previous content stays in force.
    public func reload() {
        reloadPolicy()
        reloadEntities()
        reloadKeys()
    }

    private func reloadPolicy() {
        guard let path = configuration.policy else { return }
        let isLoaded = policy.reload { try Documents.policy(at: path) }
        metrics.policyReloaded(isLoaded, at: clock.now())
    }

    private func reloadEntities() {
        guard let path = configuration.entities else { return }
        do {
            entities.replace(with: try Documents.entities(at: path))
            health.entitiesFailed(nil)
            logger.notice("The entities were read anew", metadata: ["gatehouse.path": "\(path)"])
        } catch {
            health.entitiesFailed("\(error)".inOneLine())
            logger.error(
                "Other entities were refused, and those of before stay in force",
                metadata: ["gatehouse.path": "\(path)", "gatehouse.reason.message": "\("\(error)".inOneLine())"]
            )
        }
    }

    private func reloadKeys() {
        guard let (path, keys) = fileKeys else { return }
        do {
            try keys.replace(with: try KeySet(jwksFile: path))
            logger.notice("The keys were read anew", metadata: ["gatehouse.path": "\(path)"])
        } catch {
            logger.error(
                "Other keys were refused, and those of before stay in force",
                metadata: ["gatehouse.path": "\(path)", "gatehouse.reason.message": "\("\(error)".inOneLine())"]
            )
        }
    }

    private func watchFiles() async {
        var watches: [FileWatch] = []
        if let path = configuration.policy, let stamp = stamps.policy {
            watches.append(FileWatch(path: path, first: stamp) { self.reloadPolicy() })
        }
        if let path = configuration.entities, let stamp = stamps.entities {
            watches.append(FileWatch(path: path, first: stamp) { self.reloadEntities() })
        }
        if let (path, _) = fileKeys, let stamp = stamps.keys {
            watches.append(FileWatch(path: path, first: stamp) { self.reloadKeys() })
        }
        await withTaskGroup(of: Void.self) { group in
            for watch in watches { group.addTask { await watch.run() } }
            await group.waitForAll()
        }
    }
}

/// A flag that is true after the server has begun to listen.
private final class IsListening: Sendable {
    private let state = Atomic(false)

    var value: Bool { state.load(ordering: .relaxed) }
    func begin() { state.store(true, ordering: .relaxed) }
}

extension ConfigurationError {
    /// An error about a configuration without a policy in which the permissions of credentials do not decide.
    fileprivate static var noPolicy: ConfigurationError {
        ConfigurationError(one: ConfigurationProblem("policy", "is missing", in: nil))
    }
}

/// A service that runs work beside the server, until its shutdown.
struct BackgroundService: Service {
    private let body: @Sendable () async throws -> Void

    init(_ body: @escaping @Sendable () async throws -> Void) {
        self.body = body
    }

    func run() async throws {
        try await runUntilShutdown {
            try await body()
            await waitUntilCancelled()
        }
    }
}
#endif
