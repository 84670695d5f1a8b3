/// The answers about the tokens of the last calls: a bounded number, of which the oldest answer goes first.
///
/// Each operation takes the same short time for any number of answers.
struct RecentAnswers<Answer: Sendable>: Sendable {
    private struct Slot {
        var key: OpaqueTokenKey
        var answer: Answer?
    }

    private let capacity: Int
    private var slots: [Slot] = []
    private var places: [OpaqueTokenKey: Int] = [:]
    /// The slot that is taken next if all are taken.
    private var oldest = 0

    /// Makes an empty memory.
    ///
    /// - Parameter capacity: The largest number of answers. No answer is kept if the number is not positive.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The number of answers.
    var count: Int { places.count }

    /// The last remembered answer; `nil` if there is none.
    subscript(key: OpaqueTokenKey) -> Answer? { places[key].flatMap { slots[$0].answer } }

    /// Remembers an answer, in place of the last answer about the token. If there is none and no room, the oldest answer is replaced.
    mutating func remember(_ answer: Answer, for key: OpaqueTokenKey) {
        guard capacity > 0 else { return }
        if let place = places[key] {
            slots[place].answer = answer
        } else if slots.count < capacity {
            places[key] = slots.count
            slots.append(Slot(key: key, answer: answer))
        } else {
            // The slot of a forgotten answer no longer belongs to a token, but the token may have another slot by now.
            if places[slots[oldest].key] == oldest { places[slots[oldest].key] = nil }
            places[key] = oldest
            slots[oldest] = Slot(key: key, answer: answer)
            oldest = (oldest + 1) % capacity
        }
    }

    /// Forgets the answer to a token.
    mutating func forget(_ key: OpaqueTokenKey) {
        guard let place = places.removeValue(forKey: key) else { return }
        slots[place].answer = nil
    }
}
