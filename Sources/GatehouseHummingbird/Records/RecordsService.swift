#if Hummingbird
public import GatehouseRecords
public import ServiceLifecycle

/// Runs what records need beside a server, until its graceful shutdown.
///
/// ```swift
/// let app = Application(router: router, services: [records.audit.service, webhooks.service])
/// ```
public struct RecordsService: Service {
    private let body: @Sendable () async throws -> Void

    init(_ body: @escaping @Sendable () async throws -> Void) {
        self.body = body
    }

    public func run() async throws {
        try await cancelWhenGracefulShutdown { try await body() }
    }
}

extension AuditLog {
    /// Writes records in the background, and what still waits at the end.
    public var service: RecordsService { RecordsService { try await self.run() } }
}

extension WebhookReceiver {
    /// Runs handlers of webhooks in the background.
    public var service: RecordsService { RecordsService { try await self.run() } }
}

extension ComplianceSender {
    /// Sends records to the compliance endpoint in the background.
    public var service: RecordsService { RecordsService { try await self.run() } }
}

extension DirectoryDiscovery {
    /// Looks users up in the background.
    public var service: RecordsService { RecordsService { try await self.run() } }
}

extension WebhookMetrics {
    /// Records metrics in the background.
    public var service: RecordsService { RecordsService { try await self.run() } }
}
#endif
