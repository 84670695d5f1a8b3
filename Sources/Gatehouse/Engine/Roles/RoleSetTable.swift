import Synchronization

/// The role sets of checks, each compiled once. There are far fewer distinct sets of roles than principals. The table is bounded in number
/// and size, so that a caller with invented sets of roles cannot fill memory.
final class RoleSetTable: Sendable {
    private static let maximumCount = 4_096
    /// The largest size of the table, in bytes. A larger set is kept until the next set comes.
    private static let maximumSize = 64 << 20
    /// Callers choose the sets, and must not choose some that collide.
    private let hash = ByteHash.random()
    private let sets = Mutex(Sets())

    private struct Sets {
        /// The sets by the hashes of their roles. Of two sets with one hash, the later stays.
        var byHash: [UInt64: RoleSet] = [:]
        /// The approximate number of bytes of the sets.
        var size = 0

        func isRoom(for set: RoleSet) -> Bool {
            byHash.count < RoleSetTable.maximumCount && size <= RoleSetTable.maximumSize - set.size
        }

        func set(for roles: UnsafeBufferPointer<Int>, hash: UInt64) -> RoleSet? {
            guard let set = byHash[hash], set.holds(roles) else { return nil }
            return set
        }

        mutating func insert(_ set: RoleSet, hash: UInt64) {
            size += set.size - (byHash[hash]?.size ?? 0)
            byHash[hash] = set
        }
    }

    /// Returns the set for these roles.
    ///
    /// - Parameter held: The ids of the roles, with ``CompiledRole/undefined`` for roles that the policy does not define, in any order and
    ///   with repeats. The method sorts them.
    func roleSet(for held: UnsafeMutableBufferPointer<Int>, compile: ([Int]) -> RoleSet) -> RoleSet {
        let roles = UnsafeBufferPointer(rebasing: held[..<held.sortAndDropRepeats()])
        let hash = UnsafeRawBufferPointer(roles).withMemoryRebound(to: UInt8.self) { self.hash.hash($0) }
        if let set = sets.withLock({ $0.set(for: roles, hash: hash) }) { return set }
        let set = compile(Array(roles))  // outside the lock: another thread may do the same work
        let (kept, dropped) = sets.withLock { sets -> (RoleSet, Sets?) in
            if let existing = sets.set(for: roles, hash: hash) { return (existing, nil) }
            let dropped = sets.isRoom(for: set) ? nil : sets
            if dropped != nil { sets = Sets() }
            sets.insert(set, hash: hash)
            return (set, dropped)
        }
        withExtendedLifetime(dropped) {}  // freed here, outside the lock
        return kept
    }

    /// The number of kept sets.
    var count: Int { sets.withLock { $0.byHash.count } }

    func removeAll() {
        let dropped = sets.withLock { sets in
            let dropped = sets
            sets = Sets()
            return dropped
        }
        withExtendedLifetime(dropped) {}  // freed here, outside the lock
    }
}

extension UnsafeMutableBufferPointer<Int> {
    /// Sorts the elements and moves the distinct elements to the front.
    ///
    /// - Returns: The number of distinct elements.
    fileprivate func sortAndDropRepeats() -> Int {
        guard count > 1 else { return count }
        if count > 8 {
            var elements = self
            elements.sort()
        } else {
            for end in 1..<count {  // insertion sort is fastest for few elements
                var position = end
                while position > 0, self[position - 1] > self[position] {
                    swapAt(position - 1, position)
                    position -= 1
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
    /// Returns true if the set consists of these roles, which are in ascending order.
    @inline(__always)
    fileprivate func holds(_ roles: UnsafeBufferPointer<Int>) -> Bool { held.elementsEqual(roles) }
}
