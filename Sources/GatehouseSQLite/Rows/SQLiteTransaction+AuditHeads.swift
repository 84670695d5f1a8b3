#if SQLite
import Foundation
import GRDB
import GatehouseBase
public import GatehouseRecords

extension SQLiteTransaction {
    public func auditHead(of writer: String) throws -> AuditHead? {
        try row(
            "SELECT hash, size, roots, sealed_hash, sealed_size, sealed_roots FROM gatehouse_audit_heads WHERE writer = ?",
            [writer.sql]
        ).map { row in
            var seal: AuditSeal?
            if try row.number(ifAny: 4) != nil {
                seal = AuditSeal(hash: try row.bytes(3), tree: try MerkleFrontier(row, at: 4))
            }
            return AuditHead(writer: writer, hash: try row.bytes(0), tree: try MerkleFrontier(row, at: 1), sealed: seal)
        }
    }

    public func setAuditHead(_ head: AuditHead) throws {
        try run(
            """
            INSERT OR REPLACE INTO gatehouse_audit_heads
                (writer, hash, size, roots, sealed_hash, sealed_size, sealed_roots) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                head.writer.sql, Data(head.hash), head.tree.size, head.tree.data, (head.sealed?.hash).map { Data($0) },
                head.sealed?.tree.size, head.sealed?.tree.data,
            ]
        )
    }

    public func auditWriters() throws -> [String] {
        try rows(
            """
            SELECT writer FROM gatehouse_audit_heads UNION SELECT DISTINCT writer FROM gatehouse_audit
            UNION SELECT DISTINCT writer FROM gatehouse_audit_checkpoints ORDER BY writer
            """
        ) { try $0.text(0) }
    }

    public func addCheckpoint(_ note: String, writer: String, size: Int64) throws {
        try run(
            "INSERT OR REPLACE INTO gatehouse_audit_checkpoints (writer, size, note) VALUES (?, ?, ?)",
            [writer.sql, size, note.sql]
        )
    }

    public func checkpoints(of writer: String) throws -> [String] {
        let sql = "SELECT note FROM gatehouse_audit_checkpoints WHERE writer = ? ORDER BY size"
        return try rows(sql, [writer.sql]) { try $0.text(0) }
    }
}

extension MerkleFrontier {
    fileprivate var data: Data { Data(bytes) }
}
#endif
