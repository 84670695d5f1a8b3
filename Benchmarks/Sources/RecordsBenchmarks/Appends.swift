import Foundation
import GRDB
import GatehouseRecords
import GatehouseSQLite

/// Audit records to the commit, in batches of 256.
enum Appends {
    private static let count = 256 * 80

    static func measure(_ folder: URL) async throws -> Bool {
        let engine = try PolicyEngine(Policy(roles: [Role("org:member", grants: ["org:invoices:read"])]))
        var (ours, raw) = ([Double](), [Double]())
        for round in 0..<Main.rounds {
            let records = try await Main.store(folder, "append\(round).db", audit: .init(capacity: count + 1))
            let authorizer = Authorizer(engine: engine, issuer: "i", observers: [records.audit])
            let principal = Principal("user_1", issuer: "i", organization: "org_1", roles: ["org:member"])
            for _ in 0..<count { _ = try await authorizer.isAllowed("org:invoices:read", for: principal) }
            ours.append(try await Main.seconds { try await records.audit.flush() })
            let stored = try await records.read { try $0.auditRows(AuditQuery(), after: 0, limit: count) }
            guard stored.count == count else { fatalError("\(stored.count) of \(count) records were stored") }
            let other = try await Main.store(folder, "raw-append\(round).db")
            raw.append(
                try await Main.seconds {
                    for start in stride(from: 0, to: count, by: 256) {
                        try await other.write { rows in
                            let statement = try rows.database.cachedStatement(
                                sql: """
                                    INSERT INTO gatehouse_audit (writer, sequence, time, type, outcome, organization, request, user,
                                        facts, personal, salt, commitment, previous, hash)
                                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                    """
                            )
                            for row in stored[start..<(start + 256)] {
                                let record = row.record
                                try statement.execute(arguments: [
                                    row.writer, row.sequence, record.time.nanosecondsSince1970, record.type,
                                    record.outcome.rawValue, record.organization, record.requestID, record.user,
                                    Data(record.facts), Data(record.personal), Data(row.salt), Data(row.commitment),
                                    Data(row.previous), Data(row.hash),
                                ])
                            }
                        }
                    }
                }
            )
        }
        print(
            "appends: \(Int(Double(count) / ours.min()!)) records/s, raw inserts \(Int(Double(count) / raw.min()!))/s"
        )
        return Main.gate("audit appends beside raw inserts of the same rows", raw.min()! / ours.min()!, atLeast: 0.8)
    }
}
