import GatehouseBase

extension WebhookRows {
    /// Takes due webhooks. Each counts as tried before it is tried, so that a webhook that ends the process or undoes its transaction is
    /// not tried for ever.
    ///
    /// - Returns: The webhooks to try, and the webhooks that were given up after too many attempts.
    func claim(
        of source: String,
        at now: Timestamp,
        until lease: Timestamp,
        attempts: Int,
        batch: Int
    ) throws -> (claimed: [StoredWebhook], given: [StoredWebhook]) {
        let due = try dueWebhooks(of: source, at: now, limit: batch)
        // A webhook that failed before is tried alone, so that other webhooks do not fail with it.
        let isRetry = due.first.map { $0.attempts > 0 } ?? false
        var claimed = isRetry ? Array(due.prefix(1)) : Array(due.prefix { $0.attempts == 0 })
        if var spent = claimed.first, spent.attempts >= attempts {
            spent.state = .dead
            spent.error =
                spent.error
                ?? "it was begun \(spent.attempts) times and never ended: the process or the store failed each time"
            try update(spent)
            return ([], [spent])
        }
        for index in claimed.indices {
            claimed[index].attempts += 1
            claimed[index].due = lease
            try update(claimed[index])
        }
        return (claimed, [])
    }

    /// Makes a webhook pending again.
    ///
    /// - Returns: True if there is such a webhook.
    package func replay(source: String, id: String, now: Timestamp) throws -> Bool {
        guard var webhook = try webhook(source: source, id: id) else { return false }
        guard webhook.state != .pending else { return true }
        (webhook.state, webhook.attempts, webhook.due) = (.pending, 0, now)
        try update(webhook)
        return true
    }
}
