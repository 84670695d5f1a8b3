extension PermissionCache {
    /// Calls `body` with the entry of a key, if it is still good. Nobody changes it meanwhile. It is a hit if that gives something.
    ///
    /// - Parameter revision: the state of the source that it must have come from, or a later one.
    @inline(__always)
    func read<Result: Sendable>(
        _ key: PermissionKey,
        atLeast revision: MembershipRevision? = nil,
        _ body: (UnsafeMutablePointer<CachedEntry>) -> Result?
    ) -> Result? {
        let shard = shardIndex(of: key)
        return locks.whileUnchanged(shard, lookingFor: key.hash) { slots, hits in
            // The clock is read once the entry is found: while memory answers, and with no key left to keep in registers.
            guard let slot = slots.find(key, usableAt: moment()) else { return nil }
            // Of the details nothing is read without need.
            if let revision, !shards[shard].state.pointee.table.details[slot].isFrom(atLeast: revision) { return nil }
            let entry = slots.entry(at: slot)
            guard let result = body(entry) else { return nil }
            entry.pointee.markRead()
            hits &+= 1
            return result
        }
    }

    /// Returns the state of the source that the entry of a key came from; `nil` if there is none, or the source does not count its states.
    func revision(of key: PermissionKey) -> MembershipRevision? {
        let shard = shardIndex(of: key)
        return locks.whileUnchanged(shard, lookingFor: key.hash) { slots, _ in
            guard let slot = slots.find(key, usableAt: moment()) else { return nil }
            return shards[shard].state.pointee.table.details[slot].membershipRevision
        }
    }
}
