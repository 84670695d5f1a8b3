import GatehouseBase

extension WebhookReceiver {
    /// How long until the store is asked again where nobody wakes: another process may have replayed something.
    private static var pollInterval: Duration { .seconds(1) }
    private static var cleaningInterval: Duration { .seconds(3_600) }

    /// Runs handlers until the task is cancelled: run it beside the server, as a service.
    public func run() async throws {
        var cleaned = Timestamp.distantPast
        var generator = SystemRandomNumberGenerator()
        while !Task.isCancelled {
            var pause = Self.pollInterval
            do {
                while try await processDue(using: &generator) > 0, !Task.isCancelled {}
                let now = clock.now()
                if cleaned.duration(to: now) >= Self.cleaningInterval {
                    let limit = now.advanced(by: .zero - configuration.retention)
                    _ = try await store.write { try $0.removeDoneWebhooks(receivedBefore: limit) }
                    cleaned = now
                }
                let source = source.name
                if let due = try await store.read({ try $0.nextDue(of: source) }) {
                    pause = min(pause, max(.milliseconds(10), now.duration(to: due)))
                }
            } catch is CancellationError {
                return
            } catch {
                notice(.unavailable(error as? RecordStoreError ?? RecordStoreError(.unavailable, "\(error)")))
            }
            await waker.wait(atMost: pause)
        }
    }

    /// Runs the handlers of webhooks that are due, of a batch of them.
    ///
    /// - Returns: How many webhooks were taken; 0 if none is due.
    /// - Throws: ``RecordStoreError`` where the store does not answer.
    @discardableResult
    public func processDue(using generator: inout some RandomNumberGenerator) async throws -> Int {
        let now = clock.now()
        let (source, batch, lease) = (source.name, configuration.batch, configuration.lease)
        // Counted as an attempt before it is made: an event that ends the process is not tried for ever.
        let claimed = try await store.write { rows in
            let due = try rows.dueWebhooks(of: source, at: now, limit: batch)
            // One that failed before is tried alone, so that it takes no others with it.
            let isRetry = due.first.map { $0.attempts > 0 } ?? false
            var claimed = isRetry ? Array(due.prefix(1)) : Array(due.prefix { $0.attempts == 0 })
            for index in claimed.indices {
                claimed[index].attempts += 1
                claimed[index].due = now.advanced(by: lease)
                try rows.update(claimed[index])
            }
            return claimed
        }
        guard !claimed.isEmpty else { return 0 }
        let waits = claimed.map { configuration.retry.wait(afterAttempt: $0.attempts, using: &generator) }
        let outcome = try await store.write { [self] rows in try process(claimed, waits, now: now, rows) }
        for invalidation in outcome.invalidations { await invalidate(invalidation) }
        for event in outcome.notices { notice(event) }
        return claimed.count
    }

    /// As the other, with the system's random numbers.
    @discardableResult
    public func processDue() async throws -> Int {
        var generator = SystemRandomNumberGenerator()
        return try await processDue(using: &generator)
    }

    private struct Processed: Sendable {
        var invalidations: [Invalidation] = []
        var notices: [WebhookNotice] = []
    }

    private func process(
        _ webhooks: [StoredWebhook],
        _ waits: [Duration?],
        now: Timestamp,
        _ rows: Store.Transaction
    ) throws -> Processed {
        var processed = Processed()
        var blocked: Set<ByteText> = []
        for (var webhook, wait) in zip(webhooks, waits) {
            // Another process may have taken it when the lease was over.
            guard let stored = try rows.webhook(source: webhook.source, id: webhook.id), stored.state == .pending,
                stored.attempts == webhook.attempts
            else { continue }
            if let object = webhook.object, blocked.contains(ByteText(object)) {
                // Behind one of the same object that failed: not tried, and so not counted.
                (webhook.attempts, webhook.due) = (webhook.attempts - 1, now)
                try rows.update(webhook)
                continue
            }
            do {
                let event = try source.event(webhook.body, id: webhook.id, received: webhook.received)
                if !webhook.isApplied {
                    processed.invalidations += try Self.apply(event, rules, now: now, rows)
                    webhook.isApplied = true
                }
                try rows.savepoint { try deliver(event, rows) }
                (webhook.state, webhook.error) = (.done, nil)
            } catch let error as RecordStoreError {
                throw error
            } catch {
                webhook.error = "\(error)".inOneLine()
                let reason = webhook.error ?? ""
                if let wait, !(error is WebhookFormatError) {
                    webhook.due = now.advanced(by: wait)
                    processed.notices.append(.failed(id: webhook.id, reason: reason))
                    if let object = webhook.object { blocked.insert(ByteText(object)) }
                } else {
                    webhook.state = .dead
                    processed.notices.append(.deadLetter(id: webhook.id, reason: reason))
                }
            }
            try rows.update(webhook)
        }
        return processed
    }

    /// Runs the handlers that have to see an event.
    private func deliver(_ event: WebhookEvent, _ rows: Store.Transaction) throws {
        var types = [event.type]
        if let object = event.object, event.phase != .occurrence {
            let seen = try rows.deliveredVersion(of: object, source: source.name)
            if seen?.isDeletion == true { return }
            let isDeletion = event.phase == .deletion
            if !isDeletion {
                if let seen, seen.version >= event.version { return }
                let (created, updated) = (event.kind + ".created", event.kind + ".updated")
                if seen == nil {
                    if !event.type.hasSameBytes(as: created) { types.insert(created, at: 0) }
                } else if event.type.hasSameBytes(as: created) {
                    types = [updated]
                }
            }
            let version = DeliveredVersion(event.version, isDeletion: isDeletion)
            try rows.setDelivered(version, of: object, source: source.name)
        }
        for type in types {
            for handler in handlers(of: type) { try handler(event, rows.database) }
        }
    }

    /// Runs the handlers of webhooks once more that are dead letters or done.
    ///
    /// A state of an object that handlers have seen is not shown to them again; something that happened is.
    ///
    /// - Returns: Whether there is such a webhook.
    @discardableResult
    public func replay(id: String) async throws -> Bool {
        let (source, now) = (source.name, clock.now())
        let isKnown = try await store.write { rows in try rows.replay(source: source, id: id, now: now) }
        if isKnown { waker.wake() }
        return isKnown
    }
}

extension WebhookRows {
    /// Makes a webhook pending again.
    ///
    /// - Returns: Whether there is such a webhook.
    package func replay(source: String, id: String, now: Timestamp) throws -> Bool {
        guard var webhook = try webhook(source: source, id: id) else { return false }
        guard webhook.state != .pending else { return true }
        (webhook.state, webhook.attempts, webhook.due) = (.pending, 0, now)
        try update(webhook)
        return true
    }
}
