#if PostgreSQL
import GatehouseRecords

/// The tables, and the steps from one version of them to the next. A published step never changes: another step follows it.
///
/// Names are text in the collation `C`, which compares bytes. A NUL is written as two characters (see ``StoredName``). Times are
/// milliseconds since 1970, and in the audit log nanoseconds. An optional name within a key is empty for `nil`, and otherwise `=` and the
/// name. An ordered index takes at most 2,704 bytes, so that no such index has texts of the audit log that strangers can choose.
enum Migrations {
    /// Brings the tables to this program's version, even if several programs do so at once.
    ///
    /// - Throws: `RecordStoreError` with the code `unusable` for a database that a newer program has changed.
    static func run(_ connection: PostgreSQLConnection) throws {
        try connection.begin()
        do {
            _ = try connection.query("SELECT pg_advisory_xact_lock($1)", [.integer(lock)])
            // A role that may not make tables opens a store that another role made.
            if try connection.query("SELECT to_regclass('gatehouse_migrations') IS NULL").first?.bool(0) != false {
                try connection.executeAll(
                    "CREATE TABLE gatehouse_migrations (version BIGINT PRIMARY KEY, applied TIMESTAMPTZ NOT NULL DEFAULT now())"
                )
            }
            let row = try connection.query("SELECT coalesce(max(version), 0) FROM gatehouse_migrations").first
            let version = Int(try row?.integer(0) ?? 0)
            guard version <= steps.count else {
                throw RecordStoreError(
                    .unusable,
                    "the database is of version \(version), and this program knows version \(steps.count)"
                )
            }
            for (index, step) in steps.enumerated().dropFirst(version) {
                try connection.executeAll(step)
                _ = try connection.execute(
                    "INSERT INTO gatehouse_migrations (version) VALUES ($1)",
                    [.integer(Int64(index + 1))]
                )
            }
            try connection.executeAll("COMMIT")
        } catch {
            try? connection.executeAll("ROLLBACK")
            throw error
        }
    }

    /// Refuses a database that does not have this program's version.
    static func require(_ connection: PostgreSQLConnection) throws {
        let row = try connection.query("SELECT to_regclass('gatehouse_migrations') IS NOT NULL").first
        guard try row?.bool(0) == true else {
            throw RecordStoreError(.unusable, "the database holds no records of Gatehouse")
        }
        let version = try connection.query("SELECT coalesce(max(version), 0) FROM gatehouse_migrations").first?.integer(
            0
        )
        guard version == Int64(steps.count) else {
            throw RecordStoreError(
                .unusable,
                "the database is of version \(version ?? 0), and this program knows version \(steps.count)"
            )
        }
    }

    /// The number of an advisory lock: `gatehous` in ASCII.
    private static let lock: Int64 = 0x6761_7465_686F_7573

    static let steps = [first]

    private static let first = """
        CREATE TABLE gatehouse_webhooks (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            source TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            type TEXT COLLATE "C",
            object TEXT COLLATE "C",
            received BIGINT NOT NULL,
            body BYTEA NOT NULL,
            state BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            due BIGINT NOT NULL,
            is_applied BOOLEAN NOT NULL,
            error TEXT COLLATE "C",
            member TEXT COLLATE "C",
            UNIQUE (source, id)
        );
        CREATE INDEX gatehouse_webhooks_member ON gatehouse_webhooks (member, source) WHERE member IS NOT NULL;
        CREATE INDEX gatehouse_webhooks_pending ON gatehouse_webhooks (source, due) WHERE state = 0;
        CREATE INDEX gatehouse_webhooks_pending_object ON gatehouse_webhooks (source, object, number) WHERE state = 0;
        CREATE INDEX gatehouse_webhooks_dead ON gatehouse_webhooks (number) WHERE state = 2;
        CREATE INDEX gatehouse_webhooks_done ON gatehouse_webhooks (received) WHERE state = 1;
        CREATE TABLE gatehouse_delivered (
            source TEXT COLLATE "C" NOT NULL,
            object TEXT COLLATE "C" NOT NULL,
            updated BIGINT NOT NULL,
            told BIGINT NOT NULL,
            tie TEXT COLLATE "C" NOT NULL,
            is_deletion BOOLEAN NOT NULL,
            PRIMARY KEY (source, object)
        );

        CREATE TABLE gatehouse_users (
            issuer TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            updated BIGINT NOT NULL,
            told BIGINT NOT NULL,
            tie TEXT COLLATE "C" NOT NULL,
            is_deleted BOOLEAN NOT NULL,
            email TEXT COLLATE "C",
            first_name TEXT COLLATE "C",
            last_name TEXT COLLATE "C",
            username TEXT COLLATE "C",
            image_url TEXT COLLATE "C",
            created_at BIGINT,
            updated_at BIGINT,
            public_metadata TEXT COLLATE "C",
            is_banned BOOLEAN NOT NULL,
            is_locked BOOLEAN NOT NULL,
            is_deprovisioned BOOLEAN NOT NULL,
            password_changed BIGINT,
            PRIMARY KEY (issuer, id)
        );
        CREATE TABLE gatehouse_organizations (
            issuer TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            updated BIGINT NOT NULL,
            told BIGINT NOT NULL,
            tie TEXT COLLATE "C" NOT NULL,
            is_deleted BOOLEAN NOT NULL,
            name TEXT COLLATE "C",
            slug TEXT COLLATE "C",
            image_url TEXT COLLATE "C",
            created_at BIGINT,
            updated_at BIGINT,
            public_metadata TEXT COLLATE "C",
            PRIMARY KEY (issuer, id)
        );
        CREATE TABLE gatehouse_memberships (
            issuer TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            updated BIGINT NOT NULL,
            told BIGINT NOT NULL,
            tie TEXT COLLATE "C" NOT NULL,
            is_deleted BOOLEAN NOT NULL,
            member TEXT COLLATE "C",
            organization TEXT COLLATE "C",
            role TEXT COLLATE "C",
            created_at BIGINT,
            updated_at BIGINT,
            PRIMARY KEY (issuer, id)
        );
        CREATE INDEX gatehouse_memberships_member ON gatehouse_memberships (issuer, member, id) WHERE NOT is_deleted;
        CREATE INDEX gatehouse_memberships_organization
            ON gatehouse_memberships (issuer, organization, id) WHERE NOT is_deleted;
        CREATE TABLE gatehouse_holdings (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            issuer TEXT COLLATE "C" NOT NULL,
            member TEXT COLLATE "C" NOT NULL,
            organization TEXT COLLATE "C" NOT NULL,
            role TEXT COLLATE "C" NOT NULL,
            resource_type TEXT COLLATE "C",
            resource_id TEXT COLLATE "C",
            not_before_seconds BIGINT,
            not_before_nanoseconds BIGINT,
            not_after_seconds BIGINT,
            not_after_nanoseconds BIGINT,
            membership TEXT COLLATE "C",
            since BIGINT NOT NULL,
            until BIGINT
        );
        CREATE INDEX gatehouse_holdings_current ON gatehouse_holdings (issuer, organization, member) WHERE until IS NULL;
        CREATE INDEX gatehouse_holdings_past ON gatehouse_holdings (issuer, since);
        CREATE TABLE gatehouse_marks (
            kind BIGINT NOT NULL,
            issuer TEXT COLLATE "C" NOT NULL,
            organization TEXT COLLATE "C" NOT NULL,
            name TEXT COLLATE "C" NOT NULL,
            instant_seconds BIGINT NOT NULL,
            instant_nanoseconds BIGINT NOT NULL,
            PRIMARY KEY (kind, issuer, organization, name)
        );
        CREATE TABLE gatehouse_untold (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind BIGINT NOT NULL,
            issuer TEXT COLLATE "C" NOT NULL,
            organization TEXT COLLATE "C" NOT NULL,
            name TEXT COLLATE "C" NOT NULL,
            instant_seconds BIGINT,
            instant_nanoseconds BIGINT
        );
        CREATE INDEX gatehouse_marks_instant ON gatehouse_marks (instant_seconds);
        CREATE TABLE gatehouse_notes (name TEXT COLLATE "C" PRIMARY KEY, content TEXT COLLATE "C" NOT NULL);

        CREATE TABLE gatehouse_audit (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            writer TEXT COLLATE "C" NOT NULL,
            sequence BIGINT NOT NULL,
            time BIGINT NOT NULL,
            type TEXT COLLATE "C" NOT NULL,
            outcome BIGINT NOT NULL,
            organization TEXT COLLATE "C",
            request TEXT COLLATE "C",
            member TEXT COLLATE "C",
            facts BYTEA NOT NULL,
            personal BYTEA,
            salt BYTEA,
            commitment BYTEA NOT NULL,
            previous BYTEA NOT NULL,
            hash BYTEA NOT NULL
        );
        CREATE INDEX gatehouse_audit_chain ON gatehouse_audit (writer, sequence);
        CREATE INDEX gatehouse_audit_time ON gatehouse_audit (time);
        CREATE INDEX gatehouse_audit_member ON gatehouse_audit (hashtextextended(member, 0), time) WHERE member IS NOT NULL;
        CREATE INDEX gatehouse_audit_request ON gatehouse_audit USING hash (request) WHERE request IS NOT NULL;
        CREATE TABLE gatehouse_audit_heads (
            writer TEXT COLLATE "C" PRIMARY KEY,
            hash BYTEA NOT NULL,
            size BIGINT NOT NULL,
            roots BYTEA NOT NULL,
            sealed_hash BYTEA,
            sealed_size BIGINT,
            sealed_roots BYTEA
        );
        CREATE TABLE gatehouse_audit_checkpoints (
            writer TEXT COLLATE "C" NOT NULL,
            size BIGINT NOT NULL,
            note TEXT COLLATE "C" NOT NULL,
            PRIMARY KEY (writer, size)
        );
        CREATE TABLE gatehouse_policies (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            revision TEXT COLLATE "C" NOT NULL,
            content BYTEA NOT NULL,
            since BIGINT NOT NULL
        );
        CREATE INDEX gatehouse_policies_revision ON gatehouse_policies (revision);

        CREATE TABLE gatehouse_messages (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            content TEXT COLLATE "C" NOT NULL,
            sent TIMESTAMPTZ NOT NULL DEFAULT now()
        );
        CREATE INDEX gatehouse_messages_sent ON gatehouse_messages (sent);
        CREATE SEQUENCE gatehouse_beats;
        CREATE TABLE gatehouse_current_policy (
            only_one BOOLEAN PRIMARY KEY DEFAULT true CHECK (only_one),
            revision TEXT COLLATE "C" NOT NULL,
            content BYTEA NOT NULL
        );
        CREATE TABLE gatehouse_state (only_one BOOLEAN PRIMARY KEY DEFAULT true CHECK (only_one), revision BIGINT NOT NULL);
        INSERT INTO gatehouse_state (revision) VALUES (0);
        """
}
#endif
