import Synchronization

extension PermissionCache {
    /// Forgets what an invalidation is about. When it returns, no later check uses what was loaded before. It tells no other node
    /// and marks no token: that is the authorizer's.
    ///
    /// An organization is forgotten at once, whatever its size; its entries lie idle until they are replaced, evicted or swept out, and
    /// its loads hear of it from whoever asks next. A user is looked for in one shard, a role in all. A load that is under way is thrown
    /// away for a role's sake only where it gives the role: who did not hold it is none of those that the invalidation is about.
    package func invalidate(_ scope: Invalidation.Scope) {
        let epoch = epoch.add(1, ordering: .acquiringAndReleasing).newValue
        switch scope {
        case .member(let member): invalidate(member)
        case .user(let issuer, let user): invalidate(issuer: issuer, user: user)
        case .organization(let issuer, let organization):
            organizations.invalidate(issuer: issuer, organization: organization, epoch: epoch)
        case .role(let role): invalidate(role: role)
        case .everything: invalidateAll()
        case .session: break  // no membership is a session's
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
        // Of each list of roles, of which there are few; kept, so that no other takes the address of one that went.
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
        resolvedRoles.removeAll()  // also of loads that are under way
    }

    /// Takes entries out of a shard, and has nobody use what loads that are under way there will give.
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
    /// Takes out all entries and gives back their memory.
    fileprivate mutating func takeAll() -> [RemovedEntry] {
        let all = removeAll { _ in true }
        self = SieveTable()
        return all
    }
}
