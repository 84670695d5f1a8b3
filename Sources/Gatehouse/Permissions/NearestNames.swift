/// A search for the known name that somebody may have meant by an unknown name.
///
/// The effort is bounded for all searches together, however many and long the names are. Beyond the bound there is no suggestion.
package struct NearestNames {
    /// The number of pairs of letters that are compared in all; a look at a name counts as one pair.
    private static let maximumEffort = 1 << 21
    private static let maximumBytes = 256

    private let known: [(name: String, letters: [UInt8])]
    private var effort = Self.maximumEffort

    /// - Parameter known: The known names. Of equally near names the first is found.
    package init(_ known: some Sequence<String>) {
        self.known = known.map { ($0, Self.letters(of: $0)) }
    }

    /// Returns the words “; did you mean “x”?”, or an empty text.
    package mutating func suggestion(for name: String) -> String {
        nearest(to: name).map { "; did you mean “\($0.printable)”?" } ?? ""
    }

    /// Returns the known name with the fewest letters to add, drop, change or swap with the next letter, if those are at most three, and at
    /// most one in three. Otherwise returns the shortest known name that begins with this name. Upper and lower case do not differ.
    package mutating func nearest(to name: String) -> String? {
        guard name.utf8.count <= Self.maximumBytes else { return nil }
        let letters = Self.letters(of: name)
        let limit = min(3, letters.count / 3)
        var nearest: (name: String, distance: Int)?
        var longer: (name: String, count: Int)?
        for (candidate, others) in known {
            effort -= 1
            guard effort >= 0 else { return nil }
            if letters.count >= 2, others.count < longer?.count ?? .max, others.starts(with: letters) {
                longer = (candidate, others.count)
            }
            let best = nearest.map { $0.distance - 1 } ?? limit
            guard best >= 0, abs(others.count - letters.count) <= best else { continue }
            effort -= letters.count * others.count
            guard effort >= 0 else { return nil }
            let distance = Self.distance(letters, others)
            if distance <= best { nearest = (candidate, distance) }
        }
        return nearest?.name ?? longer?.name
    }

    private static func letters(of name: String) -> [UInt8] {
        name.utf8.prefix(maximumBytes + 1).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }

    /// Returns the optimal string alignment distance: how many letters to add, drop, change, or swap with the next.
    private static func distance(_ lhs: [UInt8], _ rhs: [UInt8]) -> Int {
        var (before, last) = ([Int](), Array(0...rhs.count))
        for row in lhs.indices {
            var current = [row + 1]
            for column in rhs.indices {
                var least = min(last[column + 1], current[column]) + 1
                least = min(least, last[column] + (lhs[row] == rhs[column] ? 0 : 1))
                if row > 0, column > 0, lhs[row] == rhs[column - 1], lhs[row - 1] == rhs[column] {
                    least = min(least, before[column - 1] + 1)
                }
                current.append(least)
            }
            (before, last) = (last, current)
        }
        return last[rhs.count]
    }
}
