import GatehouseBase

extension WebhookReceiver {
    /// The time after which the store is asked again without a wake, since another process may have replayed a webhook.
    private static var pollInterval: Duration { .seconds(1) }
    private static var cleaningInterval: Duration { .seconds(3_600) }

    /// Runs handlers until the task is cancelled. Run this method beside the server, as a service.
    public func run() async throws {
        var cleaned = Timestamp.distantPast
        var generator = SystemRandomNumberGenerator()
        while !Task.isCancelled {
            var pause = Self.pollInterval
            do {
                try await teller.tellAll()
            } catch {
                notice(.unavailable(error as? RecordStoreError ?? RecordStoreError(.unavailable, "\(error)")))
            }
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

    /// Runs the handlers of a batch of due webhooks.
    ///
    /// - Returns: The number of webhooks that were taken; 0 if none is due.
    /// - Throws: ``RecordStoreError`` if the store does not answer.
    @discardableResult
    public func processDue(using generator: inout some RandomNumberGenerator) async throws -> Int {
        let now = clock.now()
        let (source, batch, lease) = (source.name, configuration.batch, configuration.lease)
        let limit = configuration.retry.attempts
        let due = try await store.write { rows in
            try rows.claim(of: source, at: now, until: now.advanced(by: lease), attempts: limit, batch: batch)
        }
        count { $0.deadLetters &+= UInt64(due.given.count) }
        for webhook in due.given { notice(.deadLetter(id: webhook.id, reason: webhook.error ?? "")) }
        let claimed = due.claimed
        guard !claimed.isEmpty else { return due.given.count }
        let waits = claimed.map { configuration.retry.wait(afterAttempt: $0.attempts, using: &generator) }
        let outcome = try await store.write { [self] rows in try process(claimed, waits, now: now, rows) }
        for event in outcome.notices { notice(event) }
        count { counts in
            counts.handled &+= outcome.handled
            for case .failed in outcome.notices { counts.failed &+= 1 }
            for case .deadLetter in outcome.notices { counts.deadLetters &+= 1 }
        }
        try await teller.tell(outcome.untold)
        return due.claimed.count + due.given.count
    }

    /// Runs the handlers of a batch of due webhooks, with the system's random numbers.
    @discardableResult
    public func processDue() async throws -> Int {
        var generator = SystemRandomNumberGenerator()
        return try await processDue(using: &generator)
    }

    private struct Processed: Sendable {
        var untold: [UntoldInvalidation] = []
        var notices: [WebhookNotice] = []
        var handled: UInt64 = 0
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
            // Another process may have taken the webhook after the lease was over.
            guard let stored = try rows.webhook(source: webhook.source, id: webhook.id), stored.state == .pending,
                stored.attempts == webhook.attempts
            else { continue }
            if let object = webhook.object, blocked.contains(ByteText(object)) {
                // An earlier webhook of the same object failed, so that this one was not tried and does not count as tried.
                (webhook.attempts, webhook.due) = (webhook.attempts - 1, now)
                try rows.update(webhook)
                continue
            }
            do {
                let event = try source.event(webhook.body, id: webhook.id, received: webhook.received)
                if !webhook.isApplied {
                    processed.untold += try Self.apply(event.changes, rules, now: now, rows)
                    webhook.isApplied = true
                }
                try rows.savepoint { try deliver(event, rows) }
                (webhook.state, webhook.error) = (.done, nil)
                processed.handled &+= 1
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

    /// Runs the handlers again for webhooks that are dead letters or done.
    ///
    /// Handlers do not receive a state of an object again if they have seen it. They receive every other event again.
    ///
    /// - Returns: True if there is such a webhook.
    @discardableResult
    public func replay(id: String) async throws -> Bool {
        let (source, now) = (source.name, clock.now())
        let isKnown = try await store.write { rows in try rows.replay(source: source, id: id, now: now) }
        if isKnown { waker.wake() }
        return isKnown
    }
}
