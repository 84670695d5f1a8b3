/// The places of a list by a small number that each has: two flat arrays, however many numbers there are.
struct Buckets: Sendable {
    private let starts: [Int]
    /// The places, by number and then in order.
    let places: [Int]

    /// Counts each place under its number, which is below `count`.
    init(_ numbers: [Int], count: Int) {
        var starts = Array(repeating: 0, count: count + 1)
        for number in numbers { starts[number + 1] += 1 }
        for number in 0..<count { starts[number + 1] += starts[number] }
        var next = starts
        var places = Array(repeating: 0, count: numbers.count)
        for (place, number) in numbers.enumerated() {
            places[next[number]] = place
            next[number] += 1
        }
        self.starts = starts
        self.places = places
    }

    /// Where the places with this number stand among all.
    func range(of number: Int) -> Range<Int> { starts[number]..<starts[number + 1] }

    /// The places with this number.
    subscript(number: Int) -> ArraySlice<Int> { places[range(of: number)] }
}
