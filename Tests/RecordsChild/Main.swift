#if SQLite
import Foundation
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GRDB
import GatehouseSQLite
import HTTPTypes

/// Takes webhooks and writes audit records as fast as it can, and prints each that was acknowledged, until it is killed.
@main
enum Main {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { exit(2) }
        let (path, round) = (arguments[1], arguments[2])
        let records = try await SQLiteRecords(
            path: path,
            audit: AuditLog.Configuration(durable: true, checkpointInterval: 10)
        )
        try await records.write { rows in
            try rows.database.execute(sql: "CREATE TABLE IF NOT EXISTS effects (id TEXT NOT NULL)")
        }
        let authorizer = Authorizer(
            engine: try PolicyEngine(Policy(roles: [Role("org:member")])),
            memberships: records.memberships(issuer: "i"),
            issuer: "i",
            marks: records.marks
        )
        let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let webhooks = try ClerkWebhooks(records, secrets: [secret.text], authorizer: authorizer, audit: records.audit)
        webhooks.on(.userCreated) { event, database in
            try database.execute(sql: "INSERT INTO effects VALUES (?)", arguments: [event.data.id])
        }
        let signer = WebhookSigner(secret)
        await withTaskGroup { group in
            group.addTask { try? await webhooks.run() }
            for worker in 0..<4 {
                group.addTask {
                    for number in 0... {
                        let id = "\(round)_\(worker)_\(number)"
                        let body = Array(
                            #"{"type":"user.created","object":"event","timestamp":\#(number + 1),"data":{"id":"user_\#(id)","updated_at":1}}"#
                                .utf8
                        )
                        guard
                            let fields = try? signer.headerFields(
                                id: "msg_\(id)",
                                at: WallClock.system.now(),
                                body: body
                            ),
                            await webhooks.receive(fields, body: body) == .stored
                        else { exit(3) }
                        acknowledge("webhook \(id)")
                    }
                }
                group.addTask {
                    for number in 0... {
                        let id = "\(round)_\(worker)_\(number)"
                        guard (try? await records.audit.append(event: "test.event", user: id)) != nil else { exit(4) }
                        acknowledge("audit \(id)")
                    }
                }
            }
        }
    }

    /// One write a line: what the parent reads was acknowledged, and whole.
    private static func acknowledge(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        if write(1, bytes, bytes.count) != bytes.count { exit(5) }
    }
}
#else
@main
enum Main {
    static func main() {}
}
#endif
