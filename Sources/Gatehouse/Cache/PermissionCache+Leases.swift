import Synchronization

extension PermissionCache {
    /// Returns the lease of these roles, which is valid as long as they are an entry. If they are not an entry, the lease has already
    /// ended.
    func lease(of roles: ResolvedRoles, _ key: PermissionKey) -> Lease {
        let shard = shardIndex(of: key)
        // The first caller that resolves makes the lease. All other callers only read.
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

    /// Replaces resolved roles by the same roles under another policy, if they are still in the cache.
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
