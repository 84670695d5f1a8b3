public import GatehouseBase
public import GatehouseTokens
import HTTPTypes

/// A sender of selected audit records to an endpoint, as signed Standard Webhooks. Each record is sent until the endpoint takes it, or
/// until it has failed too often.
///
/// The transaction that writes a record also stores its notification, so that no record is forgotten. Records that failed too often are
/// dead letters, which `gatehouse webhooks list` shows.
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
    ///   - endpoint: The endpoint. The ``AuditLog`` of the store must have the same endpoint.
    ///   - transport: The HTTP client that sends.
    ///   - clock: The clock that tells the time.
    public init(
        _ store: Store,
        to endpoint: ComplianceEndpoint,
        transport: some HTTPTransport,
        clock: WallClock = .system
    ) {
        self.store = store
        url = endpoint.url
        signer = WebhookSigner(endpoint.secret)
        self.transport = transport
        retry = endpoint.retry
        self.clock = clock
    }

    /// Sends records until the task is cancelled. Run this method beside the server, as a service.
    public func run() async throws {
        while !Task.isCancelled {
            // If the store does not answer, it is asked again. The records wait in the store.
            while let sent = try? await sendDue(), sent > 0, !Task.isCancelled {}
            await waker.wait(atMost: .seconds(1))
        }
    }

    /// Sends a batch of due records.
    ///
    /// - Returns: The number of records that were tried.
    /// - Throws: ``RecordStoreError`` if the store does not answer.
    @discardableResult
    public func sendDue() async throws -> Int {
        let now = clock.now()
        let lease = now.advanced(by: Self.deadline * (Self.batch + 1))
        let limit = retry.attempts
        let due = try await store.write { rows in
            try rows.claim(
                of: StoredWebhook.complianceSource,
                at: now,
                until: lease,
                attempts: limit,
                batch: Self.batch
            )
        }
        for webhook in due.claimed {
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
        return due.claimed.count + due.given.count
    }

    /// Sends one record. Returns the reason of a failure, and `nil` if the endpoint took the record (2xx). A redirect is a failure.
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

    /// Makes the webhook of a record. Both have one id, by which the endpoint recognizes a second delivery.
    init(notifying row: AuditRow) {
        let body: JSONValue = [
            "type": .string(row.record.type), "timestamp": .string(row.record.time.description), "data": row.json,
        ]
        self.init(
            source: Self.complianceSource,
            id: "\(row.writer.inWebhookID)-\(row.sequence)",
            type: row.record.type,
            object: nil,
            received: row.record.time,
            body: body.utf8,
            state: .pending,
            isApplied: true
        )
        user = row.record.user
    }
}

extension String {
    /// The text in ASCII letters, digits and `_`: every other byte becomes `_` and two hexadecimal digits, so that different texts stay
    /// different. An id with a dot would be refused.
    fileprivate var inWebhookID: String {
        let digits = Array("0123456789abcdef".utf8)
        let bytes = utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                [byte]
            default: [UInt8(ascii: "_"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
