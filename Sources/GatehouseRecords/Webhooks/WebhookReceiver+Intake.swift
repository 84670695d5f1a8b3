import GatehouseBase

extension WebhookReceiver {
    /// A webhook whose signature holds.
    struct Arrival: Sendable {
        var webhook: StoredWebhook
        /// `nil` if the body is no event.
        var event: WebhookEvent?
        /// The record of the webhook in the audit log.
        var record: PreparedRecord?
    }

    /// The result of an arrival.
    struct Taken: Sendable {
        var isNew: Bool
        var isPending: Bool
        var untold: [UntoldInvalidation]
    }

    /// Adds the states of users of whom an event tells a part, and whom the directory has never seen.
    func addFirstSights(to arrival: inout Arrival) async {
        guard let firstSight, let changes = arrival.event?.changes else { return }
        for case .user(let user, let version) in changes where version.isOfPart {
            guard let change = try? await firstSight.user(user.id, now: arrival.webhook.received) else { continue }
            arrival.event?.changes.insert(change, at: 0)
        }
    }

    /// Stores webhooks, and with each what it means for the directory.
    static func take(
        _ arrivals: [Arrival],
        _ rules: DirectoryRules,
        _ chain: (writer: String, notifiedTypes: Set<ByteText>)?,
        _ rows: Store.Transaction
    ) throws -> [Taken] {
        var records: [PreparedRecord] = []
        let numbers = try rows.insert(arrivals.map(\.webhook))
        let taken = try zip(arrivals, numbers).map { arrival, number in
            guard let number else {
                return Taken(isNew: false, isPending: false, untold: [])
            }
            var webhook = arrival.webhook
            webhook.number = number
            var untold: [UntoldInvalidation] = []
            if let event = arrival.event {
                do {
                    untold = try apply(event, rules, now: webhook.received, rows)
                } catch let error as RecordStoreError {
                    throw error
                } catch {
                    // It is stored all the same, and tried again from there.
                    (webhook.state, webhook.isApplied, webhook.error) = (.pending, false, "\(error)".inOneLine())
                    try rows.update(webhook)
                }
            }
            if let record = arrival.record { records.append(record) }
            return Taken(isNew: true, isPending: webhook.state == .pending, untold: untold)
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
    ) throws -> [UntoldInvalidation] {
        guard !event.changes.isEmpty else { return [] }
        return try rows.savepoint { try event.changes.flatMap { try rows.apply($0, rules, now: now) } }
    }
}
