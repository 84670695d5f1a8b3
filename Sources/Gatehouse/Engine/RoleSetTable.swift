import Synchronization

/// A set of held roles by their ids, in ascending order.
struct RoleSetKey: Hashable, Sendable {
    /// What stands for roles that the policy does not define: held, with no grants, denials or inheritance.
    static let undefined = -1

    private(set) var roles: [Int] = []

    /// Makes a key of roles in any order, with repeats.
    init(_ roles: [Int]) {
        self.roles = roles
        guard roles.count > 1 else { return }
        self.roles.sort()
        var kept = 1
        for index in 1..<self.roles.count where self.roles[index] != self.roles[kept - 1] {
            self.roles[kept] = self.roles[index]
            kept += 1
        }
        self.roles.removeLast(self.roles.count - kept)
    }
}

/// The role sets that were asked for, each compiled once: as many as there are distinct sets of held roles, which is
/// far fewer than principals. Bounded: a caller that invents sets of roles cannot fill the memory.
final class RoleSetTable: Sendable {
    private let limit: Int
    private let sets = Mutex<[RoleSetKey: RoleSet]>([:])

    /// - Parameter permissions: how many permissions a set has a verdict on.
    init(permissions: Int) {
        // A set takes about half a byte a permission; all of them together at most 64 MiB, or 64 sets.
        limit = max(64, min(4_096, (64 << 20) / (permissions / 2 + 1_024)))
    }

    func roleSet(for key: RoleSetKey, compile: ([Int]) -> RoleSet) -> RoleSet {
        if let set = sets.withLock({ $0[key] }) { return set }
        let set = compile(key.roles)  // outside the lock: another thread may do the same, and one of them is kept
        return sets.withLock { sets in
            if let existing = sets[key] { return existing }
            if sets.count >= limit { sets.removeAll() }
            sets[key] = set
            return set
        }
    }

    func removeAll() {
        sets.withLock { $0.removeAll() }
    }
}
