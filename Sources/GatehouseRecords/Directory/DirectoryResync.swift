public import GatehouseBase

/// A comparison of the directory with its original, which can also repair the directory.
///
/// Each write passes the version test of an event, so that a webhook which arrives meanwhile is not undone. An object that the lists no
/// longer have is requested once more by its id before it is deleted, since a page may have missed it. A resync that was interrupted
/// continues at its last page.
public struct DirectoryResync<Store: RecordStore>: Sendable {
    /// The progress of a resync.
    public struct Progress: Sendable, Hashable {
        /// The kind of objects that is being compared.
        public var kind: DirectoryKind
        /// The number of compared objects of all kinds, also by a run that was interrupted.
        public var compared: Int
        /// The number of objects to compare; `nil` if the original does not know it.
        public var total: Int?
    }

    let store: Store
    let backend: any DirectoryBackend
    let rules: DirectoryRules
    private let clock: WallClock
    let pause: @Sendable () async throws -> Void
    private let teller: InvalidationTeller<Store>?
    private let source: String?

    /// Makes a resync.
    ///
    /// - Parameters:
    ///   - store: The store of the directory.
    ///   - backend: The original, which lists users, organizations and memberships.
    ///   - rules: The rules for changes.
    ///   - clock: The clock that tells the time.
    ///   - pause: A closure that waits between two requests to the original, whose rate is limited.
    ///   - source: The source of the webhooks that keep the directory current; `nil` if there is none. After a complete resync, older dead
    ///     letters of this source no longer mean that the directory lacks something.
    ///   - invalidate: A closure that forgets outdated roles and tokens, such as `Authorizer.invalidate(_:)`. If it throws, the resync
    ///     ends, and the store keeps the invalidations. With `nil`, the ``WebhookReceiver`` of a serving process does this work.
    public init(
        _ store: Store,
        from backend: some DirectoryBackend,
        rules: DirectoryRules,
        clock: WallClock = .system,
        pause: @escaping @Sendable () async throws -> Void = {},
        source: String? = "clerk",
        invalidate: (@Sendable (Invalidation) async throws -> Void)? = nil
    ) {
        self.store = store
        self.backend = backend
        self.rules = rules
        self.clock = clock
        self.pause = pause
        self.source = source
        teller = invalidate.map { InvalidationTeller(store, $0) }
    }

    private var note: String { "resync \(rules.issuer)" }
    private var doneNote: String { "resynced \(rules.issuer)" }

    /// Compares the whole directory.
    ///
    /// - Parameters:
    ///   - repairs: True to write the differences.
    ///   - mayReplaceAll: True if all objects of the directory may be deleted.
    ///   - progress: A function that is called after each page.
    /// - Throws: ``DirectoryResyncError`` if the original lists no object of the directory, unless all may be replaced;
    ///   ``RecordStoreError``; the errors of the original.
    public func run(
        repairs: Bool = true,
        mayReplaceAll: Bool = false,
        progress: @Sendable (Progress) -> Void = { _ in }
    ) async throws -> DirectoryDrift {
        var state = try await DirectoryResyncState(
            note: repairs ? store.read { [note] in try $0.note(note) } : nil,
            now: clock.now()
        )
        var drift = DirectoryDrift()
        var seen: [DirectoryKind: Set<ByteText>] = [:]
        let total = try await backend.count()
        // An earlier run may have left invalidations that other nodes were not told.
        if repairs { try await teller?.tellAll() }
        func page(_ changes: [(DirectoryKind, String, DirectoryChange)], _ kind: DirectoryKind) async throws {
            for (kind, id, _) in changes where !repairs { seen[kind, default: []].insert(ByteText(id)) }
            if !state.isKnown { state.isKnown = try await isAnyHeld(changes, state) }
            let found = try await take(changes.map(\.2), repairs: repairs, state)
            drift.compared += changes.count
            state.compared += changes.count
            for (change, difference) in zip(changes, found) {
                if let difference { drift.add(change.0, change.1, difference) }
            }
            progress(Progress(kind: kind, compared: state.compared, total: total))
            try await pause()
        }
        func version(_ updated: Timestamp?) -> ObjectVersion {
            ObjectVersion(updated: updated?.milliseconds ?? 0, told: state.began.milliseconds, tie: "")
        }
        while state.kind == .user {
            let users = try await backend.users(from: state.cursor)
            try await page(users.objects.map { (.user, $0.id, .user($0, version($0.updated))) }, .user)
            state.advance(to: users.next, orTo: .organization)
            try await keep(state, if: repairs)
        }
        while state.kind == .organization {
            let organizations = try await backend.organizations(from: state.cursor)
            try await page(
                organizations.objects.map { (.organization, $0.id, .organization($0, version($0.updated))) },
                .organization
            )
            for organization in organizations.objects {
                var cursor: String?
                repeat {
                    let memberships = try await backend.memberships(of: organization.id, from: cursor)
                    try await page(
                        memberships.objects.map { (.membership, $0.id, .membership($0, version($0.updated))) },
                        .membership
                    )
                    cursor = memberships.next
                } while cursor != nil
            }
            state.advance(to: organizations.next, orTo: .membership)
            try await keep(state, if: repairs)
        }
        if !mayReplaceAll { try await requireSameInstance(state) }
        for kind in DirectoryKind.allCases { try await sweep(kind, state, repairs, seen[kind] ?? [], &drift) }
        if repairs {
            let (note, doneNote, began, source) = (note, doneNote, state.began, source)
            try await store.write { rows in
                try rows.setNote(nil, note)
                try rows.setNote(began.description, doneNote)
                if let source { try rows.settleDeadLetters(of: source, receivedBefore: began) }
            }
            try await teller?.removeTold()
        }
        return drift
    }

    /// Returns the start of the last complete resync; `nil` if there was none.
    public func lastRun() async throws -> Timestamp? {
        let note = doneNote
        return try await store.read { try $0.note(note) }.flatMap { Timestamp(rfc3339: $0) }
    }

    /// Compares objects with the copy's, and writes them.
    func take(
        _ changes: [DirectoryChange],
        repairs: Bool,
        _ state: DirectoryResyncState
    ) async throws -> [DirectoryDrift.Change?] {
        // The loss happened at some time before now, so that tokens up to now may be outdated.
        let (rules, now) = (rules, max(clock.now(), state.began))
        guard repairs else {
            return try await store.read { rows in try changes.map { try rows.difference($0, issuer: rules.issuer) } }
        }
        let (found, untold) = try await store.write { rows in
            var untold: [UntoldInvalidation] = []
            let found = try changes.map { change in
                let difference = try rows.difference(change, issuer: rules.issuer)
                untold += try rows.apply(change, rules, now: now, revokedAt: now)
                return difference
            }
            return (found, untold)
        }
        try await teller?.tell(untold)
        return found
    }

    private func keep(_ state: DirectoryResyncState, if repairs: Bool) async throws {
        guard repairs else { return }
        let (note, text) = (note, state.note)
        try await store.write { try $0.setNote(text, note) }
    }
}
