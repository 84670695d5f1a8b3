import Synchronization

/// The role sets that were asked for, each compiled once: as many as there are distinct sets of held roles, which is
/// far fewer than principals. Bounded: a caller that invents sets of roles cannot fill the memory.
final class RoleSetTable: Sendable {
    private let limit: Int
    private let sets: Mutex<Sets>

    /// An open-addressed table of the sets by the hash of their roles.
    private struct Sets {
        var slots: [(hash: UInt64, set: RoleSet?)] = Array(repeating: (0, nil), count: 64)
        var count = 0

        func set(for roles: UnsafeBufferPointer<Int>, hash: UInt64) -> RoleSet? {
            slots[index(of: roles, hash: hash)].set
        }

        /// Where the set stands, or the free slot where it would. Half of the slots are free, so it ends.
        private func index(of roles: UnsafeBufferPointer<Int>, hash: UInt64) -> Int {
            let mask = slots.count - 1
            var index = Int(truncatingIfNeeded: hash) & mask
            while let set = slots[index].set {
                if slots[index].hash == hash, set.holds(roles) { break }
                index = (index + 1) & mask
            }
            return index
        }

        mutating func insert(_ set: RoleSet, hash: UInt64) {
            place(set, hash)
            count += 1
            guard count * 2 > slots.count else { return }
            let all = slots
            slots = Array(repeating: (0, nil), count: slots.count * 2)
            for case (let hash, let set?) in all { place(set, hash) }
        }

        private mutating func place(_ set: RoleSet, _ hash: UInt64) {
            slots[set.held.withUnsafeBufferPointer { index(of: $0, hash: hash) }] = (hash, set)
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
        if count > 8 {
            var elements = self
            elements.sort()
        } else {
            for end in 1..<count {  // by insertion, which few elements take least
                var place = end
                while place > 0, self[place - 1] > self[place] {
                    swapAt(place - 1, place)
                    place -= 1
                }
            }
        }
        var kept = 1
        for index in 1..<count where self[index] != self[kept - 1] {
            self[kept] = self[index]
            kept += 1
        }
        return kept
    }
}

extension RoleSet {
    /// Whether it is the set of these roles, in ascending order.
    @inline(__always)
    fileprivate func holds(_ roles: UnsafeBufferPointer<Int>) -> Bool {
        guard held.count == roles.count else { return false }
        for index in roles.indices where held[index] != roles[index] { return false }
        return true
    }
}
