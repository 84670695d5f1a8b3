extension PermissionCache {
    /// Calls `body` with the valid entry of a key, which no thread changes meanwhile. The look-up is a hit if `body` returns a value.
    ///
    /// - Parameter revision: The earliest state of the source from which the entry may come.
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
            // The details are read only if they are needed.
            if let revision, !shards[shard].state.pointee.table.details[slot].isFrom(atLeast: revision) { return nil }
            let entry = slots.entry(at: slot)
            guard let result = body(entry) else { return nil }
            entry.pointee.markRead()
            hits &+= 1
            return result
        }
    }

    /// Returns the state of the source of a key's entry; `nil` if there is no entry, or if the source does not count its states.
    func revision(of key: PermissionKey) -> MembershipRevision? {
        let shard = shardIndex(of: key)
        return locks.whileUnchanged(shard, lookingFor: key.hash) { slots, _ in
            guard let slot = slots.find(key, usableAt: moment()) else { return nil }
            return shards[shard].state.pointee.table.details[slot].membershipRevision
        }
    }
}
