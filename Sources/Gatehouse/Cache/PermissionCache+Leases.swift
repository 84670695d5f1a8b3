import Synchronization

extension PermissionCache {
    /// Returns the lease of these roles, which lasts as long as they are an entry. Where they are none it has ended.
    func lease(of roles: ResolvedRoles, _ key: PermissionKey) -> Lease {
        let shard = shardIndex(of: key)
        // The first who resolves makes it; all others only read.
        let known = locks.whileUnchanged(shard) { slots, _ -> Lease? in
            guard let slot = slots.find(key), slots.entry(at: slot).pointee.roles === roles else {
                return nil
            }
            return shards[shard].state.pointee.table.details[slot].lease
        }
        if let known { return known }
        return withShard(shard) { state in
            guard let slot = state.table.slots.find(key) else { return .ended }
            let entry = state.table.slots.entry(at: slot)
            guard entry.pointee.roles === roles else { return .ended }
            if let lease = state.table.details[slot].lease { return lease }
            let lease = Lease(entry.pointee.validity, entry.pointee.organization)
            state.table.details[slot].lease = lease
            return lease
        }
    }

    /// Puts what another policy makes of the same roles in their place, if they are still there.
    func replace(_ old: ResolvedRoles, with new: ResolvedRoles, _ key: PermissionKey) {
        let replaced = withShard(of: key) { state -> ResolvedRoles? in
            guard let slot = state.table.slots.find(key) else { return nil }
            let entry = state.table.slots.entry(at: slot)
            guard entry.pointee.roles === old else { return nil }
            state.table.details[slot].lease?.end()
            state.table.details[slot].lease = nil
            let replaced = entry.pointee.roles
            entry.pointee.roles = new
            return replaced
        }
        if replaced == nil { forgetListsIfEmpty() }
        withExtendedLifetime(replaced) {}  // freed here, outside the lock
    }
}
