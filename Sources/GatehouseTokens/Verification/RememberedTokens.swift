/// The tokens of one key set by their keys, within a number and a budget of bytes.
///
/// A hand goes round: each insertion moves it by a few places, and takes out what has expired or came from a key set that was
/// replaced; so nothing stays because nobody asks for it again. Where room is needed, it takes out what was not used since it
/// last came by (the second-chance algorithm). Every operation looks at a bounded number of places.
struct RememberedTokens {
    private struct Place {
        let token: RememberedToken
        /// The number of the key set that verified it.
        let keySet: UInt64
        var wasUsed = false

        /// True if nobody can use it any more.
        func isOver(at now: Double, _ current: UInt64) -> Bool { keySet != current || now >= token.end }

        /// True if it was used since this was asked last.
        mutating func takeUse() -> Bool {
            defer { wasUsed = false }
            return wasUsed
        }
    }

    /// The greatest memory that a token takes in the tables: a slot of 16 bytes in the dictionary, three eighths of which are in use when it
    /// has grown, and one of 24 in the array, half of which are; and what may be found out from it.
    static let tableByteCount = 96 + TokenFindings.maximumByteCount

    /// How many places each insertion looks at for what is over.
    private static let sweep = 4
    /// How many places are looked at for one that was not used, before one that was has to go.
    private static let search = 8

    private var indices: [UInt64: Int] = [:]
    private var places: [Place] = []
    private var hand = 0
    /// The key set whose tokens these are, and how many there were before.
    private var keys: KeySet?
    private var keySet: UInt64 = 0
    private let capacity: Int
    private let byteBudget: Int
    /// The memory of all tokens.
    private(set) var byteCount = 0

    init(capacity: Int, byteBudget: Int) {
        self.capacity = capacity
        self.byteBudget = byteBudget
    }

    var count: Int { places.count }

    /// The token with this key, if it was verified with these keys; one that was not is forgotten.
    mutating func find(_ key: UInt64, verifiedWith keys: KeySet) -> RememberedToken? {
        guard let index = indices[key] else { return nil }
        guard places[index].keySet == keySet, self.keys?.isSame(as: keys) == true else {
            remove(at: index)
            return nil
        }
        places[index].wasUsed = true
        return places[index].token
    }

    /// Remembers a token, unless it takes more than there may be at all.
    ///
    /// - Returns: The entry that was forgotten for it, to be freed outside of a lock.
    mutating func insert(
        _ token: RememberedToken,
        verifiedWith keys: KeySet,
        at now: Double
    ) -> [RememberedToken] {
        var dropped: [RememberedToken] = []
        if self.keys?.isSame(as: keys) != true {
            self.keys = keys
            keySet += 1  // a key set a nanosecond would take 584 years to overflow it
        }
        if let old = remove(token.key) { dropped.append(old) }
        let number = keySet
        for _ in 0..<Self.sweep where !places.isEmpty {
            if let over = passHand(removingIf: { $0.isOver(at: now, number) }) { dropped.append(over) }
        }
        guard token.byteCount + Self.tableByteCount <= byteBudget else { return dropped }
        while count >= capacity || byteCount > byteBudget - token.byteCount - Self.tableByteCount, !places.isEmpty {
            dropped.append(makeRoom(at: now))
        }
        indices[token.key] = places.count
        places.append(Place(token: token, keySet: keySet))
        byteCount += token.byteCount + Self.tableByteCount
        return dropped
    }

    /// Forgets the token with this key, and gives it.
    @discardableResult
    mutating func remove(_ key: UInt64) -> RememberedToken? {
        indices[key].map { remove(at: $0) }
    }

    /// Takes out the next that was not used or is over; after a while the next one all the same. There is one.
    private mutating func makeRoom(at now: Double) -> RememberedToken {
        let number = keySet
        for _ in 0..<Self.search {
            if let token = passHand(removingIf: { !$0.takeUse() || $0.isOver(at: now, number) }) { return token }
        }
        return remove(at: hand < count ? hand : 0)
    }

    /// Moves the hand by one place, and takes out what stood there if it is to go.
    private mutating func passHand(removingIf isToGo: (inout Place) -> Bool) -> RememberedToken? {
        if hand >= count { hand = 0 }
        defer { hand += 1 }
        return isToGo(&places[hand]) ? remove(at: hand) : nil
    }

    /// Takes out one, and puts the last in its place.
    @discardableResult
    private mutating func remove(at index: Int) -> RememberedToken {
        let token = places[index].token
        places.swapAt(index, count - 1)
        places.removeLast()
        indices[token.key] = nil
        if index < count { indices[places[index].token.key] = index }
        byteCount -= token.byteCount + Self.tableByteCount
        return token
    }
}
