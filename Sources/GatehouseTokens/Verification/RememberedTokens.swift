/// The remembered tokens of one key set by their keys, within a number and a budget of bytes.
///
/// A hand goes round the places. Each insertion moves the hand by a few places, and removes tokens that have expired or came from a
/// replaced key set, so that such tokens do not stay because nobody looks them up. If room is needed, the hand removes tokens that were not
/// used since the hand last came by (the second-chance algorithm). Every operation looks at a bounded number of places.
struct RememberedTokens {
    private struct Place {
        let token: RememberedToken
        /// The number of the key set that verified the token.
        let keySet: UInt64
        var wasUsed = false

        /// Returns true if the token has expired, or if its key set was replaced.
        func isOver(at now: Double, _ current: UInt64) -> Bool { keySet != current || now >= token.end }

        /// Returns true if the token was used since the last call of this method.
        mutating func takeUse() -> Bool {
            defer { wasUsed = false }
            return wasUsed
        }
    }

    /// The largest memory of a token in the tables, in bytes. A dictionary has slots of 16 bytes, of which three eighths are in use after a
    /// growth. An array has slots of 24 bytes, of which half are in use then. The findings about the token are added.
    static let tableByteCount = 96 + TokenFindings.maximumByteCount

    /// The number of places that each insertion checks for tokens that are over.
    private static let sweep = 4
    /// The number of places that are searched for an unused token, before a used token is removed.
    private static let search = 8

    private var indices: [UInt64: Int] = [:]
    private var places: [Place] = []
    private var hand = 0
    /// The current key set, and its number among all key sets so far.
    private var keys: KeySet?
    private var keySet: UInt64 = 0
    private let capacity: Int
    private let byteBudget: Int
    /// The memory of all tokens, in bytes.
    private(set) var byteCount = 0

    init(capacity: Int, byteBudget: Int) {
        self.capacity = capacity
        self.byteBudget = byteBudget
    }

    var count: Int { places.count }

    /// Returns the token with this key, if these keys verified it. A token that other keys verified is forgotten.
    mutating func find(_ key: UInt64, verifiedWith keys: KeySet) -> RememberedToken? {
        guard let index = indices[key] else { return nil }
        guard places[index].keySet == keySet, self.keys?.isSame(as: keys) == true else {
            remove(at: index)
            return nil
        }
        places[index].wasUsed = true
        return places[index].token
    }

    /// Remembers a token, unless the token alone exceeds the budget of bytes.
    ///
    /// - Returns: The tokens that were forgotten, which the caller frees outside a lock.
    mutating func insert(
        _ token: RememberedToken,
        verifiedWith keys: KeySet,
        at now: Double
    ) -> [RememberedToken] {
        var dropped: [RememberedToken] = []
        if self.keys?.isSame(as: keys) != true {
            self.keys = keys
            keySet += 1  // one key set each nanosecond would overflow the number after 584 years
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

    /// Forgets the token with this key, and returns the token.
    @discardableResult
    mutating func remove(_ key: UInt64) -> RememberedToken? {
        indices[key].map { remove(at: $0) }
    }

    /// Removes the next token that was not used, has expired, or came from a replaced key set. After ``search`` places, removes the next
    /// token in any case. The table must have a token.
    private mutating func makeRoom(at now: Double) -> RememberedToken {
        let number = keySet
        for _ in 0..<Self.search {
            if let token = passHand(removingIf: { !$0.takeUse() || $0.isOver(at: now, number) }) { return token }
        }
        return remove(at: hand < count ? hand : 0)
    }

    /// Moves the hand by one place, and removes the token of the previous place if the closure returns true.
    private mutating func passHand(removingIf isToGo: (inout Place) -> Bool) -> RememberedToken? {
        if hand >= count { hand = 0 }
        defer { hand += 1 }
        return isToGo(&places[hand]) ? remove(at: hand) : nil
    }

    /// Removes the token at a place, and moves the last token to that place.
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
