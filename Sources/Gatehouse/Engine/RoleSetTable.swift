import Synchronization

/// The role sets that were asked for, each compiled once: as many as there are distinct sets of held roles, which is
/// far fewer than principals. Bounded: a caller that invents sets of roles cannot fill the memory.
final class RoleSetTable: Sendable {
    private static let limit = 4_096
    private let sets = Mutex<[[Int]: RoleSet]>([:])

    /// The set for these roles, in any order and with repeats.
    func roleSet(for held: some Sequence<Int>, compile: ([Int]) -> RoleSet) -> RoleSet {
        let key = Set(held).sorted()
        if let set = sets.withLock({ $0[key] }) { return set }
        let set = compile(key)  // outside the lock: another thread may do the same, and one of them is kept
        return sets.withLock { sets in
            if let existing = sets[key] { return existing }
            if sets.count >= Self.limit { sets.removeAll() }
            sets[key] = set
            return set
        }
    }
}
