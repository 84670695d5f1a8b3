public import GatehouseBase

/// Compares the directory with its original, and repairs it.
///
/// What is written passes the version test of an event, so that a webhook which comes meanwhile is not undone. What the lists no longer
/// have is asked for once more by its id, and only then gone: a page may have missed it. A resync that was interrupted goes on where it
/// was.
public struct DirectoryResync<Store: RecordStore>: Sendable {
    /// How far a resync has come.
    public struct Progress: Sendable, Hashable {
        /// What is being compared.
        public var kind: DirectoryKind
        /// How many objects were compared so far, of all kinds.
        public var compared: Int
    }

    private let store: Store
    private let backend: any DirectoryBackend
    private let rules: DirectoryRules
    private let clock: WallClock
    private let pause: @Sendable () async throws -> Void
    private let invalidate: @Sendable (Invalidation) async -> Void

    /// Makes a resync.
    ///
    /// - Parameters:
    ///   - store: The store that holds the directory.
    ///   - backend: The original, which lists users, organizations and memberships.
    ///   - rules: The rules that changes are judged by.
    ///   - clock: The clock that tells the time.
    ///   - pause: Waits between two requests to the original: its rate is limited.
    ///   - invalidate: Forgets what is no longer to be believed, such as `Authorizer.applyLocally(_:)`.
    public init(
        _ store: Store,
        from backend: some DirectoryBackend,
        rules: DirectoryRules,
        clock: WallClock = .system,
        pause: @escaping @Sendable () async throws -> Void = {},
        invalidate: @escaping @Sendable (Invalidation) async -> Void = { _ in }
    ) {
        self.store = store
        self.backend = backend
        self.rules = rules
        self.clock = clock
        self.pause = pause
        self.invalidate = invalidate
    }

    private var note: String { "resync \(rules.issuer)" }
    private var doneNote: String { "resynced \(rules.issuer)" }

    /// Compares everything.
    ///
    /// - Parameters:
    ///   - repairs: Whether to write what differs.
    ///   - progress: A function that is called after each page.
    public func run(
        repairs: Bool = true,
        progress: @Sendable (Progress) -> Void = { _ in }
    ) async throws -> DirectoryDrift {
        var state = try await State(note: repairs ? store.read { [note] in try $0.note(note) } : nil, now: clock.now())
        var drift = DirectoryDrift()
        var seen: [DirectoryKind: Set<ByteText>] = [:]
        func page(_ changes: [(DirectoryKind, String, DirectoryChange)], _ kind: DirectoryKind) async throws {
            for (kind, id, _) in changes where !repairs { seen[kind, default: []].insert(ByteText(id)) }
            let found = try await take(changes.map(\.2), repairs: repairs, state)
            drift.compared += changes.count
            for (change, difference) in zip(changes, found) {
                if let difference { drift.add(change.0, change.1, difference) }
            }
            progress(Progress(kind: kind, compared: drift.compared))
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
        for kind in DirectoryKind.allCases { try await sweep(kind, state, repairs, seen[kind] ?? [], &drift) }
        if repairs {
            let (note, doneNote, time) = (note, doneNote, state.began.description)
            try await store.write { rows in
                try rows.setNote(nil, note)
                try rows.setNote(time, doneNote)
            }
        }
        return drift
    }

    /// When the last whole resync began; `nil` if there was none.
    public func lastRun() async throws -> Timestamp? {
        let note = doneNote
        return try await store.read { try $0.note(note) }.flatMap { Timestamp(rfc3339: $0) }
    }

    /// Compares objects with the copy's, and writes them.
    private func take(
        _ changes: [DirectoryChange],
        repairs: Bool,
        _ state: State
    ) async throws -> [DirectoryDrift.Change?] {
        let (rules, now) = (rules, clock.now())
        guard repairs else {
            return try await store.read { rows in try changes.map { try rows.difference($0, issuer: rules.issuer) } }
        }
        let (found, invalidations) = try await store.write { rows in
            var invalidations: [Invalidation] = []
            let found = try changes.map { change in
                let difference = try rows.difference(change, issuer: rules.issuer)
                invalidations += try rows.apply(change, rules, now: now)
                return difference
            }
            return (found, invalidations)
        }
        for invalidation in invalidations { await invalidate(invalidation) }
        return found
    }

    /// Finds what the original no longer has.
    private func sweep(
        _ kind: DirectoryKind,
        _ state: State,
        _ repairs: Bool,
        _ seen: Set<ByteText>,
        _ drift: inout DirectoryDrift
    ) async throws {
        let issuer = rules.issuer
        let limit = repairs ? state.began.milliseconds : Int64.max
        var last: String?
        while true {
            let after = last
            let page = try await store.read {
                try $0.objects(kind, issuer: issuer, toldBefore: limit, after: after, limit: 500)
            }
            guard let end = page.last else { return }
            for id in page where !seen.contains(ByteText(id)) {
                guard let change = try await deletion(of: kind, id, state) else { continue }
                drift.add(kind, id, .gone)
                if repairs { _ = try await take([change], repairs: true, state) }
                try await pause()
            }
            last = end
        }
    }

    /// The deletion of an object that the original does not have; `nil` if it has.
    private func deletion(of kind: DirectoryKind, _ id: String, _ state: State) async throws -> DirectoryChange? {
        let told = state.began.milliseconds
        let (version, issuer) = (ObjectVersion(updated: told, told: told, tie: ""), rules.issuer)
        switch kind {
        case .user: return try await backend.user(id) == nil ? .userDeleted(id, version) : nil
        case .organization: return try await backend.organization(id) == nil ? .organizationDeleted(id, version) : nil
        case .membership:
            guard let held = try await store.read({ try $0.membership(id, issuer: issuer)?.object }) else { return nil }
            let there = try await backend.memberships(of: held.user, in: held.organization)
            return there.contains { $0.id.hasSameBytes(as: id) } ? nil : .membershipDeleted(held, version)
        }
    }

    private func keep(_ state: State, if repairs: Bool) async throws {
        guard repairs else { return }
        let (note, text) = (note, state.note)
        try await store.write { try $0.setNote(text, note) }
    }

    /// How far it has come: what is next, and when it began.
    private struct State: Sendable {
        var began: Timestamp
        /// What is being listed; memberships, which are listed with their organizations: everything was.
        var kind: DirectoryKind = .user
        var cursor: String?

        init(note: String?, now: Timestamp) {
            began = now
            guard let note, let value = JSONValue(utf8: Array(note.utf8)),
                let time = value["began"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
                let kind = value["kind"]?.string.flatMap({ DirectoryKind(rawValue: $0) })
            else { return }
            (began, self.kind, cursor) = (time, kind, value["cursor"]?.string)
        }

        var note: String {
            let value: JSONValue = [
                "began": .string(began.description), "kind": .string(kind.rawValue), "cursor": JSONValue(cursor),
            ]
            return value.description
        }

        mutating func advance(to next: String?, orTo kind: DirectoryKind) {
            cursor = next
            if next == nil { self.kind = kind }
        }
    }
}

extension DirectoryRows {
    /// How a state differs from what is held; `nil` if not.
    fileprivate func difference(_ change: DirectoryChange, issuer: String) throws -> DirectoryDrift.Change? {
        func compare<Object: Equatable>(_ entry: DirectoryEntry<Object>?, _ object: Object) -> DirectoryDrift.Change? {
            guard let entry else { return .missing }
            guard let held = entry.object else { return nil }  // a list may still have what a webhook said is gone
            return held == object ? nil : .changed
        }
        switch change {
        case .user(let user, _): return compare(try self.user(user.id, issuer: issuer), user)
        case .organization(let organization, _):
            return compare(try self.organization(organization.id, issuer: issuer), organization)
        case .membership(let membership, _):
            return compare(try self.membership(membership.id, issuer: issuer), membership)
        case .userDeleted, .organizationDeleted, .membershipDeleted, .sessionEnded, .roleChanged: return nil
        }
    }
}
