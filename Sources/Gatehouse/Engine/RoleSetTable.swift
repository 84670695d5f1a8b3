import Synchronization

/// The role sets that were asked for, each compiled once: as many as there are distinct sets of held roles, which is
/// far fewer than principals. Bounded: a caller that invents sets of roles cannot fill the memory.
final class RoleSetTable: Sendable {
    private let limit: Int
    private let sets: Mutex<Sets>

    /// An open-addressed table of the sets by the hash of their roles.
    private struct Sets {
        var slots: [RoleSet?] = Array(repeating: nil, count: 64)
        var count = 0

        func set(for roles: UnsafeBufferPointer<Int>, hash: UInt64) -> RoleSet? {
            slots[index(of: roles, hash: hash)]
        }

        /// Where the set stands, or the free slot where it would. Half of the slots are free, so it ends.
        private func index(of roles: UnsafeBufferPointer<Int>, hash: UInt64) -> Int {
            let mask = slots.count - 1
            var index = Int(truncatingIfNeeded: hash) & mask
            while let set = slots[index], !set.held.elementsEqual(roles) { index = (index + 1) & mask }
            return index
        }

        mutating func insert(_ set: RoleSet, hash: UInt64) {
            slots[set.held.withUnsafeBufferPointer { index(of: $0, hash: hash) }] = set
            count += 1
            guard count * 2 > slots.count else { return }
            let all = slots.compactMap(\.self)
            slots = Array(repeating: nil, count: slots.count * 2)
            for set in all { set.held.withUnsafeBufferPointer { slots[index(of: $0, hash: Self.hash($0))] = set } }
        }

        static func hash(_ roles: UnsafeBufferPointer<Int>) -> UInt64 {
            UnsafeRawBufferPointer(roles).withMemoryRebound(to: UInt8.self) { ByteHash.unkeyed.hash($0) }
        }
    }

    /// - Parameter permissions: how many permissions a set has a verdict on.
    init(permissions: Int) {
        // A set takes about half a byte a permission; all of them together at most 64 MiB, or 64 sets.
        limit = max(64, min(4_096, (64 << 20) / (permissions / 2 + 1_024)))
        sets = Mutex(Sets())
    }

    /// The set for these roles.
    ///
    /// - Parameter held: The roles by id, ``RoleSet/undefinedRole`` for those that the policy does not define, in any
    ///   order and with repeats. They are put in order.
    func roleSet(for held: UnsafeMutableBufferPointer<Int>, compile: ([Int]) -> RoleSet) -> RoleSet {
        let roles = UnsafeBufferPointer(rebasing: held[..<held.sortAndDropRepeats()])
        let hash = Sets.hash(roles)
        if let set = sets.withLock({ $0.set(for: roles, hash: hash) }) { return set }
        let set = compile(Array(roles))  // outside the lock: another thread may do the same, and one of them is kept
        return sets.withLock { sets in
            if let existing = sets.set(for: roles, hash: hash) { return existing }
            if sets.count >= limit { sets = Sets() }
            sets.insert(set, hash: hash)
            return set
        }
    }

    func removeAll() {
        sets.withLock { $0 = Sets() }
    }
}

extension UnsafeMutableBufferPointer<Int> {
    /// Sorts the elements and moves those that differ to the front.
    ///
    /// - Returns: how many differ.
    fileprivate func sortAndDropRepeats() -> Int {
        guard count > 1 else { return count }
        var elements = self
        elements.sort()
        var kept = 1
        for index in 1..<count where self[index] != self[kept - 1] {
            self[kept] = self[index]
            kept += 1
        }
        return kept
    }
}
