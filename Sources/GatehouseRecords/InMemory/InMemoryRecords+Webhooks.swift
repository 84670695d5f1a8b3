public import GatehouseBase

extension InMemoryRecords.Transaction {
    public func insert(_ webhook: StoredWebhook) throws -> Int64? {
        let key = key(webhook.source, webhook.id)
        guard state.webhookPlaces[key] == nil else { return nil }
        var webhook = webhook
        webhook.number = Int64(state.webhooks.count + 1)
        state.webhookPlaces[key] = state.webhooks.count
        state.webhooks.append(webhook)
        return webhook.number
    }

    public func webhook(source: String, id: String) throws -> StoredWebhook? {
        state.webhookPlaces[key(source, id)].map { state.webhooks[$0] }
    }

    public func dueWebhooks(of source: String, at time: Timestamp, limit: Int) throws -> [StoredWebhook] {
        /// The latest due time of the earlier webhooks of each object.
        var latest: [ByteText: Timestamp] = [:]
        let due = state.webhooks.filter { webhook in
            guard webhook.state == .pending, webhook.source.hasSameBytes(as: source) else { return false }
            guard let object = webhook.object.map({ ByteText($0) }) else { return webhook.due <= time }
            let earlier = latest[object]
            latest[object] = max(webhook.due, earlier ?? webhook.due)
            return webhook.due <= time && earlier.map { $0 <= webhook.due } ?? true
        }
        return Array(due.sorted { ($0.due, $0.number) < ($1.due, $1.number) }.prefix(limit))
    }

    public func nextDue(of source: String) throws -> Timestamp? {
        state.webhooks.filter { $0.state == .pending && $0.source.hasSameBytes(as: source) }.map(\.due).min()
    }

    public func inboxState(of source: String) throws -> InboxState {
        func count(_ kept: StoredWebhook.State) -> Int {
            state.webhooks.count { $0.state == kept && $0.source.hasSameBytes(as: source) }
        }
        return InboxState(pending: count(.pending), dead: count(.dead))
    }

    public func oldestUnapplied() throws -> Timestamp? {
        state.webhooks.filter { $0.state != .done && !$0.isApplied }.map(\.received).min()
    }

    public func update(_ webhook: StoredWebhook) throws {
        guard let place = state.webhookPlaces[key(webhook.source, webhook.id)] else { return }
        state.webhooks[place] = webhook
    }

    public func webhooks(in state: StoredWebhook.State?, after number: Int64, limit: Int) throws -> [StoredWebhook] {
        let rest = self.state.webhooks.lazy.filter { webhook in
            webhook.number > number && state.map { webhook.state == $0 } ?? true
        }
        return Array(rest.prefix(limit))
    }

    public func removeDoneWebhooks(receivedBefore time: Timestamp) throws -> Int {
        let kept = state.webhooks.filter { $0.state != .done || $0.received >= time }
        defer {
            state.webhooks = kept
            state.webhookPlaces = [:]
            for (place, webhook) in kept.enumerated() { state.webhookPlaces[key(webhook.source, webhook.id)] = place }
        }
        return state.webhooks.count - kept.count
    }

    public func eraseBodies(ofUser user: String, source: String, includingPending: Bool) throws -> Int {
        var count = 0
        for place in state.webhooks.indices
        where state.webhooks[place].user.map({ $0.hasSameBytes(as: user) }) == true
            && state.webhooks[place].source.hasSameBytes(as: source) && !state.webhooks[place].body.isEmpty
            && (includingPending || state.webhooks[place].state != .pending)
        {
            (state.webhooks[place].body, state.webhooks[place].state, state.webhooks[place].error) = ([], .done, nil)
            state.webhooks[place].user = nil
            count += 1
        }
        return count
    }

    public func settleDeadLetters(of source: String, receivedBefore time: Timestamp) throws {
        for place in state.webhooks.indices
        where state.webhooks[place].state == .dead && state.webhooks[place].received < time
            && state.webhooks[place].source.hasSameBytes(as: source)
        {
            state.webhooks[place].isApplied = true
        }
    }

    public func deliveredVersion(of object: String, source: String) throws -> DeliveredVersion? {
        state.delivered[key(source, object)]
    }

    public func setDelivered(_ version: DeliveredVersion, of object: String, source: String) throws {
        state.delivered[key(source, object)] = version
    }
}
