import GatehouseBase

extension WebhookReceiver {
    /// A webhook with a valid signature. This is a class, since batches pass arrivals on several times.
    final class Arrival: Sendable {
        let webhook: StoredWebhook
        /// The changes that the directory takes from the event.
        let changes: [DirectoryChange]
        /// The record of the webhook in the audit log.
        let record: PreparedRecord?

        init(_ webhook: StoredWebhook, _ changes: [DirectoryChange] = [], _ record: PreparedRecord? = nil) {
            (self.webhook, self.changes, self.record) = (webhook, changes, record)
        }
    }

    /// The result of an arrival.
    struct Taken: Sendable {
        var isNew: Bool
        var isPending: Bool
        var untold: [UntoldInvalidation]
    }

    /// Returns an arrival with the states of users that the event names only in part and that the directory has never seen.
    func withFirstSights(_ arrival: Arrival, _ firstSight: FirstSight<Store>) async -> Arrival {
        var changes = arrival.changes
        for case .user(let user, let version) in arrival.changes where version.isOfPart {
            guard let change = try? await firstSight.user(user.id, now: arrival.webhook.received) else { continue }
            changes.insert(change, at: 0)
        }
        return Arrival(arrival.webhook, changes, arrival.record)
    }

    /// Stores webhooks, and applies their changes to the directory.
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
            do {
                untold = try apply(arrival.changes, rules, now: webhook.received, rows)
            } catch let error as RecordStoreError {
                throw error
            } catch {
                // The webhook is stored all the same, and tried again from there.
                (webhook.state, webhook.isApplied, webhook.error) = (.pending, false, "\(error)".inOneLine())
                try rows.update(webhook)
            }
            if let record = arrival.record { records.append(record) }
            return Taken(isNew: true, isPending: webhook.state == .pending, untold: untold)
        }
        if let chain, !records.isEmpty { try rows.append(records, to: chain.writer, notifying: chain.notifiedTypes) }
        return taken
    }

    /// Applies an event's changes to the directory, all or none.
    static func apply(
        _ changes: [DirectoryChange],
        _ rules: DirectoryRules,
        now: Timestamp,
        _ rows: Store.Transaction
    ) throws -> [UntoldInvalidation] {
        guard !changes.isEmpty else { return [] }
        return try rows.savepoint { try changes.flatMap { try rows.apply($0, rules, now: now) } }
    }
}
