public import GatehouseBase

/// Compares the directory with its original, and repairs it.
///
/// What is written passes the version test of an event, so that a webhook which comes meanwhile is not undone. What the lists no longer
/// have is asked for once more by its id, and only then gone: a page may have missed it. A resync that was interrupted goes on where it
/// was.
public struct DirectoryResync<Store: RecordStore>: Sendable {
    /// The progress of a resync.
    public struct Progress: Sendable, Hashable {
        /// The kind of objects that is being compared.
        public var kind: DirectoryKind
        /// The number of compared objects of all kinds, also by a run that was interrupted.
        public var compared: Int
        /// The number of objects to compare; `nil` if the original does not say.
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
    ///   - store: The store that holds the directory.
    ///   - backend: The original, which lists users, organizations and memberships.
    ///   - rules: The rules that changes are judged by.
    ///   - clock: The clock that tells the time.
    ///   - pause: Waits between two requests to the original: its rate is limited.
    ///   - source: Whose webhooks keep the directory in step; `nil` if nobody's. Its dead letters from before a whole resync say nothing
    ///     any more that the directory lacks.
    ///   - invalidate: Forgets what is no longer to be believed, such as `Authorizer.invalidate(_:)`. Where it throws, the resync ends,
    ///     and the store keeps what has still to be told. `nil` leaves all of that to the ``WebhookReceiver`` of a process that serves.
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

    /// Compares everything.
    ///
    /// - Parameters:
    ///   - repairs: True to write what differs.
    ///   - mayReplaceAll: True if everything that is held may be gone.
    ///   - progress: A function that is called after each page.
    /// - Throws: ``DirectoryResyncError`` where nothing is listed that is held, unless all may be replaced; ``RecordStoreError``; the errors
    ///   of the original.
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
        // What a run before this one could not tell.
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

    /// Returns the start of the last whole resync; `nil` if there was none.
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
        // What was lost was lost at some time before this: tokens of up to now may not know.
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
