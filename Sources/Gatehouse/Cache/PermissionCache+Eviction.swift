import Synchronization

extension PermissionCache {
    /// Makes room for an entry. Returns false if there is no room, since others are about to store the largest number of entries.
    func reserve(from shard: Int, _ moment: CacheMoment) -> Bool {
        while !reserved.increment(below: configuration.capacity) {
            guard evict(from: shard, moment) else { return false }
        }
        return true
    }

    /// Evicts an entry of a shard, or of the next shard with an entry.
    private func evict(from first: Int, _ moment: CacheMoment) -> Bool {
        for offset in shardIndices {
            let evicted = withShard((first + offset) % shardIndices.count) { state -> RemovedEntry? in
                guard let entry = state.table.evict(moment) else { return nil }
                state.evictions &+= 1
                return entry
            }
            if let evicted {
                discard([evicted])
                return true
            }
        }
        return false
    }
}
