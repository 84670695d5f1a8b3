import Synchronization

extension Atomic<Int> {
    /// Counts one more. False: there are as many as there may be.
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
