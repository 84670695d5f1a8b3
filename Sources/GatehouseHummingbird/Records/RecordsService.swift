#if Hummingbird
public import GatehouseRecords
public import ServiceLifecycle

/// A service that runs a background task of `GatehouseRecords` beside a server, until the server's graceful shutdown.
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
    /// A service that writes records in the background, and writes the waiting records at the end.
    public var service: RecordsService { RecordsService { try await self.run() } }
}

extension WebhookReceiver {
    /// A service that runs handlers of webhooks in the background.
    public var service: RecordsService { RecordsService { try await self.run() } }
}

extension ComplianceSender {
    /// A service that sends records to the compliance endpoint in the background.
    public var service: RecordsService { RecordsService { try await self.run() } }
}

extension DirectoryDiscovery {
    /// A service that looks users up in the background.
    public var service: RecordsService { RecordsService { try await self.run() } }
}

extension WebhookMetrics {
    /// A service that records metrics in the background.
    public var service: RecordsService { RecordsService { try await self.run() } }
}
#endif
