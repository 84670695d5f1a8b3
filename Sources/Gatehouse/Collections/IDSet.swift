/// A set of small whole numbers: listed where they are few, so that many such sets take little room; else as bits.
enum IDSet: Sendable {
    /// In ascending order, each once.
    case few([Int])
    case many(BitSet)

    /// - Parameter count: All numbers are below it.
    init(_ numbers: [Int], count: Int) {
        if numbers.isEmpty {
            self = .few([])
        } else if numbers.count <= count / 64 {
            self = .few(Set(numbers).sorted())
        } else {
            var bits = BitSet(count: count)
            for number in numbers { bits.insert(number) }
            self = .many(bits)
        }
    }

    subscript(_ number: Int) -> Bool {
        switch self {
        case .many(let bits): return bits[number]
        case .few(let numbers):
            var (low, high) = (0, numbers.count)
            while low < high {
                let middle = (low + high) / 2
                if numbers[middle] < number { low = middle + 1 } else { high = middle }
            }
            return low < numbers.count && numbers[low] == number
        }
    }

    func forEach(_ body: (Int) -> Void) {
        switch self {
        case .few(let numbers): numbers.forEach(body)
        case .many(let bits): bits.forEach(body)
        }
    }

    /// The number of bytes that it takes.
    var size: Int {
        switch self {
        case .few(let numbers): numbers.count * 8
        case .many(let bits): bits.words.count * 8
        }
    }
}
