import Synchronization

extension PermissionCache {
    /// Forgets the scope of an invalidation. After the return, no later check uses roles that were loaded before. The method tells no other
    /// node and marks no token: the authorizer does that.
    ///
    /// An organization of any size is forgotten at once. Its entries stay unused until they are replaced, evicted or swept out, and its
    /// loads are overtaken by the next caller. A user is searched in one shard, and a role in all shards. For a role, a load under way is
    /// overtaken only if its result has the role: a member without the role does not belong to the scope.
    package func invalidate(_ scope: Invalidation.Scope) {
        let epoch = epoch.add(1, ordering: .acquiringAndReleasing).newValue
        switch scope {
        case .member(let member): invalidate(member)
        case .user(let issuer, let user): invalidate(issuer: issuer, user: user)
        case .organization(let issuer, let organization):
            organizations.invalidate(issuer: issuer, organization: organization, epoch: epoch)
        case .role(let role): invalidate(role: role)
        case .everything: invalidateAll()
        case .session: break  // no membership belongs to a session
        }
    }

    private func invalidate(_ member: Member) {
        scope(of: member.issuer).withKey(organization: member.organization, user: member.user) { key in
            forget(in: shardIndex(of: key)) { flights in
                flights[member].map { [$0] } ?? []
            } entries: { table in
                table.slots.find(key).map { [table.remove(at: $0)] } ?? []
            }
        }
    }

    private func invalidate(issuer: String, user: String) {
        scope(of: issuer).withKey(organization: nil, user: user) { key in
            forget(in: shardIndex(of: key)) { flights in
                flights.values.filter {
                    $0.member.user.hasSameBytes(as: user) && $0.member.issuer.hasSameBytes(as: issuer)
                }
            } entries: { table in
                table.removeAll { entry in
                    entry.pointee.belongs(to: key.user) && entry.pointee.organization.issuer.isSame(as: key.issuer)
                }
            }
        }
    }

    private func invalidate(role: String) {
        // There are few lists of roles. They are kept here, so that no other list gets the address of a freed list.
        var judged: [ObjectIdentifier: (roles: ResolvedRoles, holdRole: Bool)] = [:]
        for shard in shardIndices {
            forget(in: shard) { flights in
                flights.values.filter { $0.overtake(ifGiving: ByteText(role)) }
            } entries: { table in
                table.removeAll { entry in
                    let roles = entry.pointee.roles
                    if let known = judged[ObjectIdentifier(roles)] { return known.holdRole }
                    let holdRole = roles.given.contains { $0.role.hasSameBytes(as: role) }
                    judged[ObjectIdentifier(roles)] = (roles, holdRole)
                    return holdRole
                }
            }
        }
    }

    private func invalidateAll() {
        for shard in shardIndices {
            forget(in: shard) { flights in
                Array(flights.values)
            } entries: { table in
                table.takeAll()
            }
        }
        resolvedRoles.removeAll()  // also the roles of loads under way
    }

    /// Removes entries from a shard, and marks the loads that are under way there, so that their results are not used.
    private func forget(
        in shard: Int,
        loads: ([Member: Flight]) -> [Flight],
        entries: (inout SieveTable) -> [RemovedEntry]
    ) {
        let (overtaken, removed) = withShard(shard) { state in
            let overtaken = loads(state.flights)
            for flight in overtaken { flight.overtake() }
            return (overtaken, entries(&state.table))
        }
        discard(removed)
        for flight in overtaken { flight.cancel() }
    }
}

extension SieveTable {
    /// Removes all entries and frees their memory.
    fileprivate mutating func takeAll() -> [RemovedEntry] {
        let all = removeAll { _ in true }
        self = SieveTable()
        return all
    }
}
