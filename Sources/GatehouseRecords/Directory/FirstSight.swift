import GatehouseBase

/// A look-up of users that the directory does not know, or knows only from a membership, at the original.
struct FirstSight<Store: RecordStore>: Sendable {
    let store: Store
    let backend: any DirectoryBackend
    let issuer: String

    /// Returns true if the directory lacks a user's own state.
    private func isUnseen(_ user: String) async throws -> Bool {
        let issuer = issuer
        return try await store.read { rows in
            guard let entry = try rows.user(user, issuer: issuer) else { return true }
            return !entry.isDeleted && entry.version.isOfPart
        }
    }

    /// Returns the state of a user that is seen for the first time; `nil` if the user was seen before, or if there is no user with this id.
    func user(_ id: String, now: Timestamp) async throws -> DirectoryChange? {
        guard try await isUnseen(id), let user = try await backend.user(id) else { return nil }
        return .user(user, ObjectVersion(user.updated, now))
    }

    /// Takes a member into the directory, with the user and the memberships, if the user is seen for the first time.
    func take(_ member: Member, now: Timestamp) async throws {
        guard let user = try await user(member.user, now: now) else { return }
        var memberships: [DirectoryMembership] = []
        if let organization = member.organization {
            memberships = try await backend.memberships(of: member.user, in: organization)
        }
        let (rules, changes) = (
            DirectoryRules(issuer: issuer),
            [user] + memberships.map { .membership($0, ObjectVersion($0.updated, now)) }
        )
        try await store.write { rows in
            for change in changes { _ = try rows.apply(change, rules, now: now, revokedAt: now, isFirstSight: true) }
        }
    }
}

extension ObjectVersion {
    /// Makes the version of a state that was read at a time.
    fileprivate init(_ updated: Timestamp?, _ read: Timestamp) {
        self.init(updated: updated?.milliseconds ?? 0, told: read.milliseconds, tie: "")
    }

    /// True if the version belongs to a partial state that came with another object.
    var isOfPart: Bool { updated == 0 }
}
