import Synchronization

extension PermissionCache {
    /// What tells whether these roles still hold: as long as they are an entry. Where they are none it has ended.
    func lease(of roles: ResolvedRoles, _ key: PermissionKey) -> Lease {
        withShard(of: key) { state in
            guard let slot = state.table.find(key) else { return .ended }
            let entry = state.table.entry(inSlot: slot)
            guard entry.pointee.roles === roles else { return .ended }
            let index = state.table.index(inSlot: slot)
            if let lease = state.table.details[index].lease { return lease }
            let lease = Lease(entry.pointee.validity, entry.pointee.organization)
            state.table.details[index].lease = lease
            return lease
        }
    }

    /// Puts what another policy makes of the same roles in their place, if they are still there.
    func replace(_ old: ResolvedRoles, with new: ResolvedRoles, _ key: PermissionKey) {
        let replaced = withShard(of: key) { state -> ResolvedRoles? in
            guard let slot = state.table.find(key) else { return nil }
            let entry = state.table.entry(inSlot: slot)
            guard entry.pointee.roles === old else { return nil }
            let index = state.table.index(inSlot: slot)
            state.table.details[index].lease?.end()
            state.table.details[index].lease = nil
            let replaced = entry.pointee.roles
            entry.pointee.roles = new
            return replaced
        }
        withExtendedLifetime(replaced) {}  // freed here, outside the lock
    }
}
