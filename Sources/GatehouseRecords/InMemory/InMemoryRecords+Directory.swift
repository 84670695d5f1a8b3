public import GatehouseBase

extension InMemoryRecords.Transaction {
    public func user(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryUser>? {
        state.users[key(issuer, id)]
    }

    public func setUser(_ entry: DirectoryEntry<DirectoryUser>, id: String, issuer: String) throws {
        state.users[key(issuer, id)] = entry
    }

    public func users(issuer: String, after id: String?, limit: Int) throws -> [DirectoryUser] {
        page(state.users, issuer, after: id, limit).compactMap(\.object)
    }

    public func directoryIssuers() throws -> [String] {
        let keys = Array(state.users.keys) + Array(state.organizations.keys) + Array(state.memberships.keys)
        return Set(keys.map { $0[0] }).sorted().map(\.string)
    }

    public func organization(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryOrganization>? {
        state.organizations[key(issuer, id)]
    }

    public func setOrganization(
        _ entry: DirectoryEntry<DirectoryOrganization>,
        id: String,
        issuer: String
    ) throws {
        state.organizations[key(issuer, id)] = entry
    }

    public func organizations(issuer: String, after id: String?, limit: Int) throws -> [DirectoryOrganization] {
        page(state.organizations, issuer, after: id, limit).compactMap(\.object)
    }

    public func membership(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryMembership>? {
        state.memberships[key(issuer, id)]
    }

    public func setMembership(_ entry: DirectoryEntry<DirectoryMembership>, id: String, issuer: String) throws {
        state.memberships[key(issuer, id)] = entry
    }

    public func memberships(
        issuer: String,
        user: String?,
        organization: String?,
        after id: String?,
        limit: Int
    ) throws -> [DirectoryMembership] {
        let all = page(state.memberships, issuer, after: id, .max).compactMap(\.object)
        let found = all.lazy.filter { membership in
            user.map { membership.user.hasSameBytes(as: $0) } ?? true
                && organization.map { membership.organization.hasSameBytes(as: $0) } ?? true
        }
        return Array(found.prefix(limit))
    }

    public func objects(
        _ kind: DirectoryKind,
        issuer: String,
        toldBefore milliseconds: Int64,
        after id: String?,
        limit: Int
    ) throws -> [String] {
        func ids<Object>(_ entries: [[ByteText]: DirectoryEntry<Object>], _ id: (Object) -> String) -> [String] {
            page(entries, issuer, after: nil, .max).filter { $0.version.told < milliseconds }.compactMap(\.object).map(
                id
            )
        }
        let all =
            switch kind {
            case .user: ids(state.users, \.id)
            case .organization: ids(state.organizations, \.id)
            case .membership: ids(state.memberships, \.id)
            }
        return Array(all.filter { id.map($0.follows) ?? true }.prefix(limit))
    }

    /// Returns the entries of an issuer's objects that are not deleted, by the bytes of their ids.
    private func page<Object>(
        _ entries: [[ByteText]: DirectoryEntry<Object>],
        _ issuer: String,
        after id: String?,
        _ limit: Int
    ) -> [DirectoryEntry<Object>] {
        let kept = entries.filter { key, entry in
            key[0] == ByteText(issuer) && !entry.isDeleted && id.map { key[1] > ByteText($0) } ?? true
        }
        return Array(kept.sorted { $0.key[1] < $1.key[1] }.map(\.value).prefix(limit))
    }

    public func recordedRoles(of member: Member) throws -> [RecordedRole] {
        state.recordedRoles.filter { $0.until == nil && $0.member == member }
    }

    public func recordedRoles(ofUser user: String, issuer: String) throws -> [RecordedRole] {
        state.recordedRoles.filter {
            $0.until == nil && $0.member.issuer.hasSameBytes(as: issuer) && $0.member.user.hasSameBytes(as: user)
        }
    }

    public func recordedRoles(inOrganization organization: String, issuer: String) throws -> [RecordedRole] {
        state.recordedRoles.filter {
            $0.until == nil && $0.member.issuer.hasSameBytes(as: issuer)
                && $0.member.organization.map { $0.hasSameBytes(as: organization) } ?? false
        }
    }

    public func recordedRoles(issuer: String, at time: Timestamp) throws -> [RecordedRole] {
        state.recordedRoles.filter { recorded in
            recorded.member.issuer.hasSameBytes(as: issuer) && recorded.since <= time
                && recorded.until.map { $0 > time } ?? true
        }.sorted { ByteText($0.member.user) < ByteText($1.member.user) }
    }

    public func roleIssuers() throws -> [String] {
        Set(state.recordedRoles.map { ByteText($0.member.issuer) }).sorted().map(\.string)
    }

    public func begin(_ recorded: RecordedRole) throws { state.recordedRoles.append(recorded) }

    public func end(_ recorded: RecordedRole, at time: Timestamp) throws {
        for place in state.recordedRoles.indices
        where state.recordedRoles[place].until == nil && state.recordedRoles[place] == recorded {
            state.recordedRoles[place].until = time
        }
    }

    public func advanceRevision() throws -> MembershipRevision {
        state.revision += 1  // one change each nanosecond would overflow the number after 584 years
        return MembershipRevision(state.revision)
    }

    public func revision() throws -> MembershipRevision { MembershipRevision(state.revision) }

    public func mark(_ invalidation: Invalidation) throws {
        guard let instant = invalidation.revokedAt else { return }
        state.marks[invalidation.scope] = max(instant, state.marks[invalidation.scope] ?? instant)
    }

    public func marks(since time: Timestamp) throws -> [Invalidation] {
        state.marks.filter { $0.value >= time }.map { Invalidation($0.key, revokedAt: $0.value) }
    }

    public func removeMarks(before time: Timestamp) throws { state.marks = state.marks.filter { $0.value >= time } }

    public func addUntold(_ invalidation: Invalidation) throws -> UntoldInvalidation {
        state.untoldNumber += 1
        let untold = UntoldInvalidation(number: state.untoldNumber, invalidation)
        state.untold.append(untold)
        return untold
    }

    public func untold(after number: Int64, limit: Int) throws -> [UntoldInvalidation] {
        Array(state.untold.lazy.filter { $0.number > number }.prefix(limit))
    }

    public func removeUntold(_ numbers: [Int64]) throws {
        let numbers = Set(numbers)
        state.untold.removeAll { numbers.contains($0.number) }
    }

    public func note(_ name: String) throws -> String? { state.notes[ByteText(name)] }

    public func setNote(_ text: String?, _ name: String) throws { state.notes[ByteText(name)] = text }
}

extension String {
    /// Returns true if the text follows another in the order of their bytes.
    fileprivate func follows(_ other: String) -> Bool { other.precedesByBytes(self) }
}
