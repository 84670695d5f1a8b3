#if SQLite
extension Schema {
    /// The tables of the audit log, of its heads and checkpoints, and of the policies that were in force.
    static let audit = """
        CREATE TABLE gatehouse_audit (
            number INTEGER PRIMARY KEY,
            writer TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            time INTEGER NOT NULL,
            type TEXT NOT NULL,
            outcome INTEGER NOT NULL,
            organization TEXT,
            request TEXT,
            user TEXT,
            facts BLOB NOT NULL,
            personal BLOB,
            salt BLOB,
            commitment BLOB NOT NULL,
            previous BLOB NOT NULL,
            hash BLOB NOT NULL
        );
        CREATE INDEX gatehouse_audit_chain ON gatehouse_audit (writer, sequence);
        CREATE INDEX gatehouse_audit_time ON gatehouse_audit (time, type, outcome);
        CREATE INDEX gatehouse_audit_user ON gatehouse_audit (user, time) WHERE user IS NOT NULL;
        CREATE INDEX gatehouse_audit_request ON gatehouse_audit (request) WHERE request IS NOT NULL;
        CREATE TABLE gatehouse_audit_heads (
            writer TEXT PRIMARY KEY,
            hash BLOB NOT NULL,
            size INTEGER NOT NULL,
            roots BLOB NOT NULL,
            sealed_hash BLOB,
            sealed_size INTEGER,
            sealed_roots BLOB
        ) WITHOUT ROWID;
        CREATE TABLE gatehouse_audit_checkpoints (
            writer TEXT NOT NULL,
            size INTEGER NOT NULL,
            note TEXT NOT NULL,
            PRIMARY KEY (writer, size)
        ) WITHOUT ROWID;
        CREATE TABLE gatehouse_policies (
            number INTEGER PRIMARY KEY,
            revision TEXT NOT NULL,
            content BLOB NOT NULL,
            since INTEGER NOT NULL
        );
        CREATE INDEX gatehouse_policies_revision ON gatehouse_policies (revision);
        """
}
#endif
