import Synchronization

extension Atomic<Int> {
    /// Adds one. Returns false if the limit is reached.
    func increment(below limit: Int) -> Bool {
        var count = load(ordering: .relaxed)
        while count < limit {
            let (exchanged, original) = weakCompareExchange(expected: count, desired: count + 1, ordering: .relaxed)
            if exchanged { return true }
            count = original
        }
        return false
    }
}
