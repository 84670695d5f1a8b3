public import GatehouseBase

/// The roles that members hold by the records: those of the identity provider's memberships, and those that were assigned here, with
/// the times from and until which they hold.
///
/// Whoever the directory has never seen is asked for at the identity provider in the same step, where a backend is given; without one,
/// nobody is allowed anything whom neither a webhook nor a ``DirectoryResync`` told of.
public struct RecordedMemberships<Store: RecordStore>: MembershipStore {
    private let store: Store
    private let issuer: String
    private let clock: WallClock
    private let firstSight: FirstSight<Store>?

    /// Makes a source over a store.
    ///
    /// - Parameters:
    ///   - store: The store that holds the directory.
    ///   - issuer: Whose users these are. Of others it knows nothing.
    ///   - backend: Who is asked for users that the directory has never seen; `nil` if nobody.
    ///   - clock: The clock that tells the times of changes, and how far the directory lags.
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

    /// An answer is what the store holds when it is asked. How far that is behind the identity provider, `DirectoryMemberships` bounds.
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

    /// - Throws: ``RecordStoreError`` with the code `invalidValue` where the user or the organization was deleted: ids are given once.
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

    /// Takes a role that was assigned here. What the identity provider's memberships give is taken there.
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
    /// Returns the age of the oldest webhook that is stored and that the directory has not taken yet: zero where it took all of them, as it
    /// does when they arrive. Of webhooks that were never sent nobody knows: a ``DirectoryResync`` repairs these.
    public func lag() async throws -> Duration {
        guard let oldest = try await store.read({ try $0.oldestUnapplied() }) else { return .zero }
        return max(.zero, oldest.duration(to: clock.now()))
    }
}
