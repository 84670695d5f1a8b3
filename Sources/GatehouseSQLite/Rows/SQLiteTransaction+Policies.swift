#if SQLite
import Foundation
import GRDB
public import GatehouseBase
public import GatehouseRecords

extension SQLiteTransaction {
    public func addPolicy(_ policy: StoredPolicy) throws {
        let last = try row("SELECT revision FROM gatehouse_policies ORDER BY number DESC LIMIT 1")?.text(0)
        if last.map({ $0.hasSameBytes(as: policy.revision) }) == true { return }
        try run(
            "INSERT INTO gatehouse_policies (revision, content, since) VALUES (?, ?, ?)",
            [policy.revision.sql, Data(policy.content), policy.since.nanosecondsSince1970]
        )
    }

    public func policy(revision: String) throws -> StoredPolicy? {
        try row(
            "SELECT revision, content, since FROM gatehouse_policies WHERE revision = ? ORDER BY number LIMIT 1",
            [revision.sql]
        ).map { try StoredPolicy($0) }
    }

    public func policy(at time: Timestamp) throws -> StoredPolicy? {
        try row(
            "SELECT revision, content, since FROM gatehouse_policies WHERE since <= ? ORDER BY since DESC, number DESC LIMIT 1",
            [time.nanosecondsSince1970]
        ).map { try StoredPolicy($0) }
    }
}
#endif
