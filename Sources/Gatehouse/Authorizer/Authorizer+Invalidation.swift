extension Authorizer {
    /// Forgets the scope of an invalidation, on this node and then on the others. After the return, no later check on this node uses roles
    /// that were loaded before, or a token that the invalidation revokes. On the other nodes that holds after the times in <doc:Bounds>.
    ///
    /// - Throws: ``AuthorizerError`` with the code `busFailed` if the other nodes could not be told. This node has forgotten. Repeat the
    ///   call until it succeeds, since the other nodes may hear everything else and continue.
    public func invalidate(_ invalidation: Invalidation) async throws(AuthorizerError) {
        applyLocally(invalidation)
        guard let bus else { return }
        do {
            // A separate task tells the other nodes even if the caller is cancelled, and without the caller's task-local values.
            try await Task.detached(executorPreference: cache.configuration.executor) {
                try await bus.publish(invalidation)
            }.value
        } catch {
            throw AuthorizerError(.busFailed, "\(error)")
        }
    }

    /// Forgets the scope of an invalidation only on this node, such as for an invalidation from another node.
    public func applyLocally(_ invalidation: Invalidation) {
        marks.mark(invalidation)
        cache.invalidate(invalidation.scope)
    }

    /// Listens to the bus until the task is cancelled. Run this method beside the server, as a service. While it does not run, or while the
    /// bus is silent, the cache keeps roles no longer than its ``PermissionCache/Configuration/disconnectedTimeToLive``.
    ///
    /// - Throws: The error that ended the bus's events for good. Without a bus the method returns at once.
    public func followBus() async throws {
        guard let bus else { return }
        guard let news else { return try await follow(bus) }
        news.busIsDue(at: cache.disconnectedUntil())
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                while case .some = try? await Task.sleep(for: Self.silenceInterval) { noticeSilence() }
            }
            defer { group.cancelAll() }
            do {
                try await follow(bus)
            } catch {
                if !Task.isCancelled { news.busEnded(error) }
                throw error
            }
        }
    }

    /// The time between two looks at whether the bus was heard.
    private static let silenceInterval = Duration.seconds(1)

    /// Tells the observer if the bus is silent, so that nothing vouches for the cache.
    func noticeSilence() {
        guard let news, bus != nil, cache.configuration.disconnectedTimeToLive > .zero, !cache.isConnected else {
            return
        }
        news.busIsSilent(at: cache.configuration.clock.now())
    }

    private func follow(_ bus: any InvalidationBus) async throws {
        /// The instant until which, by the last sign of the bus, every mark was heard.
        var heardUntil = MonotonicInstant(nanoseconds: 0)
        while !Task.isCancelled {
            for try await event in bus.events() {
                let now = cache.configuration.clock.now()
                switch event {
                case .invalidation(let invalidation):
                    applyLocally(invalidation)
                    continue
                case .heartbeat:
                    if now >= heardUntil { marks.endGap() }
                    cache.heartbeat()
                    news?.busWasHeard()
                case .mayHaveMissed:
                    marks.endGap()
                    cache.invalidate(.everything)
                }
                heardUntil = now.advanced(by: cache.configuration.disconnectedTimeToLive)
            }
        }
    }
}
