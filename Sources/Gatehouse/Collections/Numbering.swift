/// A table that gives each different key a number: 0, 1, 2 and so on, in the order of arrival.
struct Numbering<Key: Hashable & Sendable>: Sendable {
    /// The keys by their numbers.
    private(set) var keys: [Key] = []
    private var numbers: [Key: Int] = [:]

    /// Returns the number of a key. A new key gets a new number.
    mutating func number(of key: Key) -> Int {
        if let known = numbers[key] { return known }
        numbers[key] = keys.count
        keys.append(key)
        return keys.count - 1
    }
}
