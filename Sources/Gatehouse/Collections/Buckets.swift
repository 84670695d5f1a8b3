/// The positions of a list by a small number that each has: two flat arrays, however many numbers there are.
struct Buckets: Sendable {
    private let starts: [Int]
    /// The positions, by number and then in order.
    let positions: [Int]

    /// Puts each position under its number, which is below `count`.
    init(_ numbers: [Int], count: Int) {
        var starts = Array(repeating: 0, count: count + 1)
        for number in numbers { starts[number + 1] += 1 }
        for number in 0..<count { starts[number + 1] += starts[number] }
        var next = starts
        var positions = Array(repeating: 0, count: numbers.count)
        for (position, number) in numbers.enumerated() {
            positions[next[number]] = position
            next[number] += 1
        }
        self.starts = starts
        self.positions = positions
    }

    /// Returns the range of the positions with this number among all.
    func range(of number: Int) -> Range<Int> { starts[number]..<starts[number + 1] }

    /// The positions with this number.
    subscript(number: Int) -> ArraySlice<Int> { positions[range(of: number)] }
}
