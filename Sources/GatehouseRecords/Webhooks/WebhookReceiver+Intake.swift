import GatehouseBase

extension WebhookReceiver {
    /// A webhook whose signature holds.
    struct Arrival: Sendable {
        var webhook: StoredWebhook
        /// `nil`: the body is no event.
        var event: WebhookEvent?
        /// What the audit log keeps of it.
        var record: PreparedRecord?
    }

    /// What came of an arrival.
    struct Taken: Sendable {
        var isNew: Bool
        var isPending: Bool
        var invalidations: [Invalidation]
    }

    /// Stores webhooks, and with each what it means for the directory.
    static func take(
        _ arrivals: [Arrival],
        _ rules: DirectoryRules,
        _ chain: (writer: String, notifiedTypes: Set<ByteText>)?,
        _ rows: Store.Transaction
    ) throws -> [Taken] {
        var records: [PreparedRecord] = []
        let taken = try arrivals.map { arrival in
            guard let number = try rows.insert(arrival.webhook) else {
                return Taken(isNew: false, isPending: false, invalidations: [])
            }
            var webhook = arrival.webhook
            webhook.number = number
            var invalidations: [Invalidation] = []
            if let event = arrival.event {
                do {
                    invalidations = try apply(event, rules, now: webhook.received, rows)
                } catch let error as RecordStoreError {
                    throw error
                } catch {
                    // It is stored all the same, and tried again from there.
                    (webhook.state, webhook.isApplied, webhook.error) = (.pending, false, "\(error)".inOneLine())
                    try rows.update(webhook)
                }
            }
            if let record = arrival.record { records.append(record) }
            return Taken(isNew: true, isPending: webhook.state == .pending, invalidations: invalidations)
        }
        if let chain, !records.isEmpty { try rows.append(records, to: chain.writer, notifying: chain.notifiedTypes) }
        return taken
    }

    /// Takes what an event says into the directory, whole or not at all.
    static func apply(
        _ event: WebhookEvent,
        _ rules: DirectoryRules,
        now: Timestamp,
        _ rows: Store.Transaction
    ) throws -> [Invalidation] {
        guard !event.changes.isEmpty else { return [] }
        return try rows.savepoint { try event.changes.flatMap { try rows.apply($0, rules, now: now) } }
    }
}
