#if SQLite
extension Schema {
    /// The tables of the inbox, and of the states that handlers have seen.
    static let webhooks = """
        CREATE TABLE gatehouse_webhooks (
            number INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            type TEXT,
            object TEXT,
            user TEXT,
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
        CREATE INDEX gatehouse_webhooks_unapplied ON gatehouse_webhooks (received) WHERE state <> 1 AND is_applied = 0;
        CREATE INDEX gatehouse_webhooks_user ON gatehouse_webhooks (user) WHERE user IS NOT NULL;
        CREATE TABLE gatehouse_delivered (
            source TEXT NOT NULL,
            object TEXT NOT NULL,
            updated INTEGER NOT NULL,
            told INTEGER NOT NULL,
            tie TEXT NOT NULL,
            is_deletion INTEGER NOT NULL,
            PRIMARY KEY (source, object)
        ) WITHOUT ROWID;
        """
}
#endif
