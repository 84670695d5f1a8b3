#if SQLite
import GRDB
import GatehouseRecords

/// The tables. Times are milliseconds since 1970; those of the audit log are nanoseconds. An optional name within a key is empty for
/// none, else `=` and the name.
enum Schema {
    /// Stores of another version are refused.
    static let version = 1

    static let statements = """
        CREATE TABLE gatehouse_webhooks (
            number INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            type TEXT,
            object TEXT,
            received INTEGER NOT NULL,
            body BLOB NOT NULL,
            state INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            due INTEGER NOT NULL,
            is_applied INTEGER NOT NULL,
            error TEXT,
            UNIQUE (source, id)
        );
        CREATE INDEX gatehouse_webhooks_pending ON gatehouse_webhooks (source, due) WHERE state = 0;
        CREATE INDEX gatehouse_webhooks_pending_object ON gatehouse_webhooks (source, object, number) WHERE state = 0;
        CREATE INDEX gatehouse_webhooks_dead ON gatehouse_webhooks (number) WHERE state = 2;
        CREATE INDEX gatehouse_webhooks_done ON gatehouse_webhooks (received) WHERE state = 1;
        CREATE TABLE gatehouse_delivered (
            source TEXT NOT NULL,
            object TEXT NOT NULL,
            updated INTEGER NOT NULL,
            told INTEGER NOT NULL,
            tie TEXT NOT NULL,
            is_deletion INTEGER NOT NULL,
            PRIMARY KEY (source, object)
        ) WITHOUT ROWID;

        CREATE TABLE gatehouse_users (
            issuer TEXT NOT NULL,
            id TEXT NOT NULL,
            updated INTEGER NOT NULL,
            told INTEGER NOT NULL,
            tie TEXT NOT NULL,
            is_deleted INTEGER NOT NULL,
            email TEXT,
            first_name TEXT,
            last_name TEXT,
            username TEXT,
            image_url TEXT,
            created_at INTEGER,
            updated_at INTEGER,
            public_metadata TEXT,
            is_banned INTEGER NOT NULL DEFAULT 0,
            is_locked INTEGER NOT NULL DEFAULT 0,
            is_deprovisioned INTEGER NOT NULL DEFAULT 0,
            password_changed INTEGER,
            PRIMARY KEY (issuer, id)
        ) WITHOUT ROWID;
        CREATE TABLE gatehouse_organizations (
            issuer TEXT NOT NULL,
            id TEXT NOT NULL,
            updated INTEGER NOT NULL,
            told INTEGER NOT NULL,
            tie TEXT NOT NULL,
            is_deleted INTEGER NOT NULL,
            name TEXT,
            slug TEXT,
            image_url TEXT,
            created_at INTEGER,
            updated_at INTEGER,
            public_metadata TEXT,
            PRIMARY KEY (issuer, id)
        ) WITHOUT ROWID;
        CREATE TABLE gatehouse_memberships (
            issuer TEXT NOT NULL,
            id TEXT NOT NULL,
            updated INTEGER NOT NULL,
            told INTEGER NOT NULL,
            tie TEXT NOT NULL,
            is_deleted INTEGER NOT NULL,
            user TEXT,
            organization TEXT,
            role TEXT,
            created_at INTEGER,
            updated_at INTEGER,
            PRIMARY KEY (issuer, id)
        ) WITHOUT ROWID;
        CREATE INDEX gatehouse_memberships_user ON gatehouse_memberships (issuer, user, id) WHERE is_deleted = 0;
        CREATE INDEX gatehouse_memberships_organization
            ON gatehouse_memberships (issuer, organization, id) WHERE is_deleted = 0;
        CREATE TABLE gatehouse_holdings (
            number INTEGER PRIMARY KEY,
            issuer TEXT NOT NULL,
            user TEXT NOT NULL,
            organization TEXT NOT NULL,
            role TEXT NOT NULL,
            resource_type TEXT,
            resource_id TEXT,
            not_before_seconds INTEGER,
            not_before_nanoseconds INTEGER,
            not_after_seconds INTEGER,
            not_after_nanoseconds INTEGER,
            membership TEXT,
            since INTEGER NOT NULL,
            until INTEGER
        );
        CREATE INDEX gatehouse_holdings_current ON gatehouse_holdings (issuer, organization, user) WHERE until IS NULL;
        CREATE INDEX gatehouse_holdings_past ON gatehouse_holdings (issuer, since);
        CREATE TABLE gatehouse_marks (
            kind INTEGER NOT NULL,
            issuer TEXT NOT NULL,
            organization TEXT NOT NULL,
            name TEXT NOT NULL,
            instant_seconds INTEGER NOT NULL,
            instant_nanoseconds INTEGER NOT NULL,
            PRIMARY KEY (kind, issuer, organization, name)
        ) WITHOUT ROWID;
        CREATE INDEX gatehouse_marks_instant ON gatehouse_marks (instant_seconds);
        CREATE TABLE gatehouse_notes (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;

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

        CREATE TABLE gatehouse_state (version INTEGER NOT NULL, revision INTEGER NOT NULL);
        INSERT INTO gatehouse_state VALUES (\(version), 0);
        """

    /// Makes the tables where there are none. An application's own tables may stand in the same file.
    ///
    /// - Throws: ``RecordStoreError`` with the code `unusable` for a store of another version.
    static func prepare(_ database: Database, path: String) throws {
        guard try database.tableExists("gatehouse_state") else {
            try database.execute(sql: statements)
            return
        }
        try require(database, path: path)
    }

    /// Refuses a database that is no store.
    ///
    /// - Throws: ``RecordStoreError`` with the code `unusable` for another database, and for a store of another version.
    static func require(_ database: Database, path: String) throws {
        guard try database.tableExists("gatehouse_state") else {
            throw RecordStoreError(.unusable, "\(path) holds no records of Gatehouse")
        }
        let version = try Int.fetchOne(database, sql: "SELECT version FROM gatehouse_state")
        guard version == Self.version else {
            throw RecordStoreError(
                .unusable,
                "\(path) is a store of version \(version ?? 0), and this program knows version \(Self.version)"
            )
        }
    }
}
#endif
