public import GatehouseBase
public import GatehouseTokens
import HTTPTypes

/// Sends chosen audit records to an endpoint as signed Standard Webhooks, each until it is taken or has failed too often.
///
/// A record waits in the store from the transaction on that wrote it: none is forgotten. Those that failed too often are dead letters,
/// which `gatehouse webhooks list` shows.
public final class ComplianceSender<Store: RecordStore>: Sendable {
    private let store: Store
    private let url: String
    private let signer: WebhookSigner
    private let transport: any HTTPTransport
    private let retry: RetrySchedule
    private let clock: WallClock
    private let waker = Waker()
    private static var deadline: Duration { .seconds(15) }
    private static var batch: Int { 16 }

    /// Makes a sender.
    ///
    /// - Parameters:
    ///   - store: The store whose audit records are sent.
    ///   - url: Where to send: https, or loopback.
    ///   - secret: What the endpoint verifies by.
    ///   - transport: Which client sends.
    ///   - retry: The waits after attempts that failed.
    ///   - clock: The clock that tells the time.
    public init(
        _ store: Store,
        to url: String,
        secret: WebhookSecret,
        transport: some HTTPTransport,
        retry: RetrySchedule = RetrySchedule(),
        clock: WallClock = .system
    ) {
        self.store = store
        self.url = url
        signer = WebhookSigner(secret)
        self.transport = transport
        self.retry = retry
        self.clock = clock
    }

    /// Sends until the task is cancelled: run it beside the server, as a service.
    public func run() async throws {
        while !Task.isCancelled {
            // A store that does not answer is asked again: the records wait there.
            while let sent = try? await sendDue(), sent > 0, !Task.isCancelled {}
            await waker.wait(atMost: .seconds(1))
        }
    }

    /// Sends a batch of those that are due.
    ///
    /// - Returns: How many were tried.
    /// - Throws: ``RecordStoreError`` where the store does not answer.
    @discardableResult
    public func sendDue() async throws -> Int {
        let now = clock.now()
        let lease = now.advanced(by: Self.deadline * 4)
        let claimed = try await store.write { rows in
            try rows.dueWebhooks(of: StoredWebhook.complianceSource, at: now, limit: Self.batch).map { webhook in
                var webhook = webhook
                webhook.attempts += 1
                webhook.due = lease
                try rows.update(webhook)
                return webhook
            }
        }
        for webhook in claimed {
            let failure = await send(webhook)
            var webhook = webhook
            var generator = SystemRandomNumberGenerator()
            if let failure {
                webhook.error = failure
                if let wait = retry.wait(afterAttempt: webhook.attempts, using: &generator) {
                    webhook.due = clock.now().advanced(by: wait)
                } else {
                    webhook.state = .dead
                }
            } else {
                (webhook.state, webhook.error) = (.done, nil)
            }
            let judged = webhook
            try await store.write { try $0.update(judged) }
        }
        return claimed.count
    }

    /// Sends one record; `nil` once the endpoint took it (2xx), else why not. A redirect is a failure.
    private func send(_ webhook: StoredWebhook) async -> String? {
        do {
            var fields = try signer.headerFields(id: webhook.id, at: clock.now(), body: webhook.body)
            fields[.contentType] = "application/json"
            let response = try await transport.send(
                HTTPTransportRequest(
                    method: .post,
                    url: url,
                    headerFields: fields,
                    body: webhook.body,
                    deadline: Self.deadline,
                    maximumResponseByteCount: 65_536
                )
            )
            return response.status.kind == .successful ? nil : "the endpoint answered \(response.status.code)"
        } catch {
            return "\(error)".inOneLine()
        }
    }
}

extension StoredWebhook {
    /// The source of records that wait to be sent to the compliance endpoint.
    static let complianceSource = "compliance"

    /// A record that is to be sent. Its id is that of the record: the endpoint can tell when it comes twice.
    init(notifying row: AuditRow) {
        let body: JSONValue = [
            "type": .string(row.record.type), "timestamp": .string(row.record.time.description), "data": row.json,
        ]
        self.init(
            source: Self.complianceSource,
            id: "\(row.writer.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })-\(row.sequence)",
            type: row.record.type,
            object: nil,
            received: row.record.time,
            body: body.utf8,
            state: .pending,
            isApplied: true
        )
    }
}
