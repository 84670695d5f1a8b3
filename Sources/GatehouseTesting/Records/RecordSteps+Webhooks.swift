import Gatehouse
import GatehouseBase
import GatehouseRecords

extension RecordSteps {
    mutating func webhookStep() -> RecordStep {
        let (source, limit, now) = (pick(["clerk", "other"]), number(1...5), instant())
        switch number(0...9) {
        case 0...3:
            if number(0...3) > 0 { lastWebhook += 1 }
            let id = "w\(lastWebhook)"
            let body = (0..<number(0...20)).map { _ in UInt8(truncatingIfNeeded: next()) }
            let webhook = StoredWebhook(
                source: source,
                id: id,
                type: optionalName(),
                object: number(0...2) == 0 ? nil : pick(["user:1", "user:2", "a\0"]),
                user: number(0...2) == 0 ? nil : pick(["a", "a\0"]),
                received: now,
                body: body,
                state: pick([.pending, .pending, .done, .dead]),
                isApplied: number(0...1) == 0,
                error: optionalName()
            )
            return RecordStep("insert webhook \(id)") { "\(try $0.insert(webhook) != nil)" }
        case 4, 5:
            return RecordStep("claim \(limit)") { rows in
                let due = try rows.dueWebhooks(of: source, at: now, limit: limit)
                for var webhook in due {
                    (webhook.attempts, webhook.due) = (webhook.attempts + 1, now.advanced(by: .seconds(3)))
                    try rows.update(webhook)
                }
                return "\(due.map(\.withoutNumber))"
            }
        case 6:
            let (id, state) = ("w\(number(0...max(0, lastWebhook)))", pick(StoredWebhook.State.allCases))
            let error = optionalName()
            return RecordStep("finish \(id)") { rows in
                guard var webhook = try rows.webhook(source: source, id: id) else { return "none" }
                (webhook.state, webhook.isApplied, webhook.error, webhook.due) = (state, true, error, now)
                try rows.update(webhook)
                return "\(webhook.withoutNumber)"
            }
        case 7:
            let (object, version, isDeletion) = (name(), version(), number(0...1) == 0)
            return RecordStep("delivered") { rows in
                let held = try rows.deliveredVersion(of: object, source: source)
                try rows.setDelivered(DeliveredVersion(version, isDeletion: isDeletion), of: object, source: source)
                return "\(String(describing: held))"
            }
        case 8:
            return RecordStep("erase") { rows in
                let count = try rows.eraseBodies(ofUser: "a", source: source, includingPending: limit > 2)
                try rows.settleDeadLetters(of: source, receivedBefore: now.advanced(by: .seconds(-5)))
                return "\(count)"
            }
        default:
            let state: StoredWebhook.State? = number(0...1) == 0 ? nil : pick(StoredWebhook.State.allCases)
            return RecordStep("list webhooks", isRead: true) { rows in
                let first = try rows.webhooks(in: state, after: 0, limit: limit)
                let rest = try rows.webhooks(in: state, after: first.last?.number ?? 0, limit: 1_000)
                let due = try rows.nextDue(of: source)
                return "\((first + rest).map(\.withoutNumber)) \(String(describing: due)) "
                    + "\(String(describing: try rows.oldestUnapplied())) \(try rows.inboxState(of: source))"
            }
        }
    }
}

extension StoredWebhook {
    fileprivate var withoutNumber: StoredWebhook {
        var webhook = self
        webhook.number = 0
        return webhook
    }
}
