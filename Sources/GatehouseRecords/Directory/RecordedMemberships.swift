public import GatehouseBase

/// The roles of members by the records: the roles of the identity provider's memberships, and the roles that were assigned in this store,
/// with their bounds in time.
///
/// With a backend, a user that the directory has never seen is requested from the identity provider in the same call. Without a backend, a
/// user is denied until a webhook or a ``DirectoryResync`` has brought the user into the directory.
public struct RecordedMemberships<Store: RecordStore>: MembershipStore {
    private let store: Store
    private let issuer: String
    private let clock: WallClock
    private let firstSight: FirstSight<Store>?

    /// Makes a source over a store.
    ///
    /// - Parameters:
    ///   - store: The store of the directory.
    ///   - issuer: The issuer of the users. The source knows no other users.
    ///   - backend: The backend that is asked for users that the directory has never seen; `nil` for no backend.
    ///   - clock: The clock that tells the times of changes, and the lag of the directory.
    public init(
        _ store: Store,
        issuer: String,
        backend: (any DirectoryBackend)? = nil,
        clock: WallClock = .system
    ) {
        self.store = store
        self.issuer = issuer
        self.clock = clock
        firstSight = backend.map { FirstSight(store: store, backend: $0, issuer: issuer) }
    }

    /// The staleness of an answer, which is zero: an answer has the current state of the store. `DirectoryMemberships` bounds the lag
    /// behind the identity provider.
    public var staleness: Duration? { .zero }

    public func membership(of member: Member) async throws -> Membership? {
        guard member.issuer.hasSameBytes(as: issuer) else { return nil }
        do {
            try await firstSight?.take(member, now: clock.now())
            return try await store.read { rows in
                let revision = try rows.revision()
                return Membership(roles: try rows.recordedRoles(of: member).map(\.role), revision: revision)
            }
        } catch let error as RecordStoreError {
            throw MembershipSourceError(error.description, retryAfter: error.retryAfter)
        } catch {
            throw MembershipSourceError("the identity provider did not say who this is: \(error)".inOneLine())
        }
    }

    /// Assigns a role to a member.
    ///
    /// - Throws: ``RecordStoreError`` with the code `invalidValue` if the user or the organization was deleted, since an id is used only
    ///   once.
    @discardableResult
    public func assign(_ role: RoleAssignment, to member: Member) async throws -> MembershipChange {
        let now = clock.now()
        return try await store.write { rows in
            let organization = try member.organization.flatMap { try rows.organization($0, issuer: member.issuer) }
            if try rows.user(member.user, issuer: member.issuer)?.isDeleted == true || organization?.isDeleted == true {
                throw RecordStoreError(.invalidValue, "the user or the organization was deleted")
            }
            let held = try rows.recordedRoles(of: member).first {
                $0.membership == nil && $0.role.role.hasSameBytes(as: role.role) && $0.role.resource == role.resource
            }
            let effect = role.effect(replacing: held?.role)
            if effect != .none {
                if let held { try rows.end(held, at: now) }
                try rows.begin(RecordedRole(role, of: member, since: now))
                if effect == .lost { try rows.mark(Invalidation(.member(member), revokedAt: now)) }
            }
            return MembershipChange(effect, revision: try rows.advanceRevision())
        }
    }

    /// Removes a role that was assigned in this store. Roles of the identity provider's memberships are removed at the provider.
    @discardableResult
    public func remove(role: String, from member: Member) async throws -> MembershipChange {
        let now = clock.now()
        return try await store.write { rows in
            let held = try rows.recordedRoles(of: member).filter {
                $0.membership == nil && $0.role.role.hasSameBytes(as: role)
            }
            for recorded in held { try rows.end(recorded, at: now) }
            if !held.isEmpty { try rows.mark(Invalidation(.member(member), revokedAt: now)) }
            return MembershipChange(held.isEmpty ? .none : .lost, revision: try rows.advanceRevision())
        }
    }
}

extension RecordedMemberships: MembershipDirectory {
    /// Returns the age of the oldest stored webhook that the directory has not taken yet. The age is zero if the directory took all
    /// webhooks, as it usually does on arrival. Webhooks that were never sent are not included; a ``DirectoryResync`` repairs their loss.
    public func lag() async throws -> Duration {
        guard let oldest = try await store.read({ try $0.oldestUnapplied() }) else { return .zero }
        return max(.zero, oldest.duration(to: clock.now()))
    }
}
