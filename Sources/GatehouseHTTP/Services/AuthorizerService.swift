import Gatehouse
public import Logging

/// A service that runs the work of an authorizer beside a server. The service follows the bus of invalidations, and records the statistics
/// of the cache. An authorizer without an observer gets an ``AuthorizerLog``, which begins with the authorizer's warnings.
///
/// ```swift
/// try await Application(router: router, services: [clerk, authorizer]).runService()
/// ```
///
/// An `Authorizer` runs as this service with the defaults.
public struct AuthorizerService: Sendable {
    private let authorizer: Authorizer
    private let logger: Logger
    private let metrics: PermissionCacheMetrics

    /// Makes the service of an authorizer.
    ///
    /// - Parameters:
    ///   - authorizer: The authorizer.
    ///   - logger: The logger of the ``AuthorizerLog``.
    ///   - metrics: The metrics that record the counters of the cache; `nil` for the service's own metrics.
    public init(
        _ authorizer: Authorizer,
        logger: Logger = Logger(label: "gatehouse"),
        metrics: PermissionCacheMetrics? = nil
    ) {
        self.authorizer = authorizer
        self.logger = logger
        self.metrics = metrics ?? PermissionCacheMetrics(authorizer.cache)
    }

    /// Runs until the task is cancelled or the service group shuts down.
    ///
    /// - Throws: The error that ended the events of the bus for good. This node then learns of no revocation by other nodes, so that by
    ///   default the service group ends as well.
    public func run() async throws {
        authorizer.observe(by: AuthorizerLog(logger))
        try await runUntilShutdown { [authorizer, metrics] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do {
                        try await authorizer.followBus()
                    } catch {
                        if !Task.isCancelled { throw error }  // otherwise the bus was told to end
                    }
                }
                group.addTask { await metrics.recordUntilCancelled() }
                // The first error ends the other task.
                for try await _ in group {}
            }
        }
    }
}

extension Authorizer {
    /// Runs the ``AuthorizerService`` of this authorizer.
    ///
    /// - Throws: The error that ended the events of the bus for good.
    public func run() async throws { try await AuthorizerService(self).run() }
}
