#if SQLite
extension Schema {
    /// The tables of the directory, the recorded roles, and the invalidations.
    static let directory = """
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
        -- A number never comes back: whoever told one removes that one.
        CREATE TABLE gatehouse_untold (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            kind INTEGER NOT NULL,
            issuer TEXT NOT NULL,
            organization TEXT NOT NULL,
            name TEXT NOT NULL,
            instant_seconds INTEGER,
            instant_nanoseconds INTEGER
        );
        CREATE TABLE gatehouse_notes (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
        """
}
#endif
