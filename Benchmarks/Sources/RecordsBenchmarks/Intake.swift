import Foundation
import GRDB
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import HTTPTypes

/// Webhooks from raw bytes and fields to the commit, in transactions of at most 64.
///
/// 128 senders send all the time, each its next webhook once the last was answered, so that one transaction is filled while another is
/// written.
enum Intake {
    private static let count = 64 * 100
    private static let senders = 128

    static func measure(_ folder: URL) async throws -> Bool {
        let secret = try WebhookSecret.random()
        let padding = String(repeating: "x", count: 1_200)
        var (ours, raw) = ([Double](), [Double]())
        for round in 0..<Main.rounds {
            let records = try await Main.store(folder, "intake\(round).db")
            let authorizer = Authorizer(engine: try PolicyEngine(Policy()), issuer: "i", marks: records.marks)
            let webhooks = try ClerkWebhooks(records, secrets: [secret.text], authorizer: authorizer)
            let signer = WebhookSigner(secret)
            let requests = try (0..<count).map { number in
                let body = Array(
                    #"{"type":"email.created","object":"event","timestamp":1,"data":{"id":"ema_\#(number)","body":"\#(padding)"}}"#
                        .utf8
                )
                return (
                    try signer.headerFields(id: "msg_\(number)", at: WallClock.system.now(), body: body, names: .svix),
                    body
                )
            }
            ours.append(
                await Main.seconds {
                    await withTaskGroup { group in
                        for sender in 0..<senders {
                            group.addTask {
                                for number in stride(from: sender, to: count, by: senders) {
                                    let (fields, body) = requests[number]
                                    _ = await webhooks.receive(fields, body: body)
                                }
                            }
                        }
                    }
                }
            )
            let stored = try await records.read { try $0.webhooks(in: nil, after: 0, limit: count) }
            guard stored.count == count else { fatalError("\(stored.count) of \(count) webhooks were stored") }
            let other = try await Main.store(folder, "raw-intake\(round).db")
            raw.append(
                try await Main.seconds {
                    for start in stride(from: 0, to: count, by: 64) {
                        try await other.write { rows in
                            let statement = try rows.database.cachedStatement(
                                sql: """
                                    INSERT INTO gatehouse_webhooks (source, id, type, object, received, body, state, attempts, due,
                                        is_applied, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                    """
                            )
                            for webhook in stored[start..<(start + 64)] {
                                try statement.execute(arguments: [
                                    webhook.source, webhook.id, webhook.type, webhook.object, 1, Data(webhook.body), 1,
                                    0, 1, true,
                                    nil,
                                ])
                            }
                        }
                    }
                }
            )
        }
        print(
            "intake: \(Int(Double(count) / ours.min()!)) webhooks/s, raw inserts \(Int(Double(count) / raw.min()!))/s"
        )
        return Main.gate("webhook intake beside raw inserts of the same rows", raw.min()! / ours.min()!, atLeast: 0.7)
    }
}
