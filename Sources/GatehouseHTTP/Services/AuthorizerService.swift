import Gatehouse
public import Logging

/// The work of an authorizer beside a server, until the server ends: it follows the bus that tells of invalidations, and records what its
/// cache counts. An authorizer that was made without an observer gets an ``AuthorizerLog``, which begins with the authorizer's warnings.
///
/// ```swift
/// try await Application(router: router, services: [clerk, authorizer]).runService()
/// ```
///
/// An `Authorizer` runs as this service with its defaults.
public struct AuthorizerService: Sendable {
    private let authorizer: Authorizer
    private let logger: Logger
    private let metrics: PermissionCacheMetrics

    /// Makes the service of an authorizer.
    ///
    /// - Parameters:
    ///   - authorizer: The authorizer that is run.
    ///   - logger: The logger of the ``AuthorizerLog``.
    ///   - metrics: The metrics that record the counters of the cache; `nil` for one of its own.
    public init(
        _ authorizer: Authorizer,
        logger: Logger = Logger(label: "gatehouse"),
        metrics: PermissionCacheMetrics? = nil
    ) {
        self.authorizer = authorizer
        self.logger = logger
        self.metrics = metrics ?? PermissionCacheMetrics(authorizer.cache)
    }

    /// Runs until the task is cancelled or, within a service group, the group shuts down.
    ///
    /// - Throws: What ended the bus's events for good. Nothing tells this node then of what the others take away, so that a service
    ///   group ends with it, unless it is told otherwise.
    public func run() async throws {
        authorizer.observe(by: AuthorizerLog(logger))
        try await runUntilShutdown { [authorizer, metrics] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do {
                        try await authorizer.followBus()
                    } catch {
                        if !Task.isCancelled { throw error }  // else the bus only says that it was told to end
                    }
                }
                group.addTask { await metrics.recordUntilCancelled() }
                // The first that throws ends the other.
                for try await _ in group {}
            }
        }
    }
}

extension Authorizer {
    /// Runs the ``AuthorizerService`` of this authorizer.
    ///
    /// - Throws: What ended the bus's events for good.
    public func run() async throws { try await AuthorizerService(self).run() }
}
