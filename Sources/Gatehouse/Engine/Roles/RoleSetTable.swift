import Synchronization

/// The role sets that were asked for, each compiled once. There are far fewer distinct sets of held roles than principals. Bounded in
/// number and size, so that a caller that invents sets of roles cannot add to it for ever.
final class RoleSetTable: Sendable {
    private static let maximumCount = 4_096
    /// In bytes. A set that is larger is kept until the next one comes.
    private static let maximumSize = 64 << 20
    /// Callers choose the sets, and must not choose some that collide.
    private let hash = ByteHash.random()
    private let sets = Mutex(Sets())

    private struct Sets {
        /// By the hashes of their roles. Of two with one hash the later stays.
        var byHash: [UInt64: RoleSet] = [:]
        /// About how many bytes the sets take.
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
    /// - Parameter held: The roles by id, ``CompiledRole/undefined`` for those that the policy does not define, in any
    ///   order and with repeats. They are put in order.
    func roleSet(for held: UnsafeMutableBufferPointer<Int>, compile: ([Int]) -> RoleSet) -> RoleSet {
        let roles = UnsafeBufferPointer(rebasing: held[..<held.sortAndDropRepeats()])
        let hash = UnsafeRawBufferPointer(roles).withMemoryRebound(to: UInt8.self) { self.hash.hash($0) }
        if let set = sets.withLock({ $0.set(for: roles, hash: hash) }) { return set }
        let set = compile(Array(roles))  // outside the lock: another thread may do the same, and one of them is kept
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
    /// Returns true if it is the set of these roles, in ascending order.
    @inline(__always)
    fileprivate func holds(_ roles: UnsafeBufferPointer<Int>) -> Bool { held.elementsEqual(roles) }
}
