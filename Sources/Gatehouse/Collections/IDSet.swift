/// A set of small whole numbers. A small set is a list, so that many such sets take little memory. A large set consists of bits.
enum IDSet: Sendable {
    /// The numbers in ascending order, each once.
    case few([Int])
    case many(BitSet)

    /// Makes a set.
    ///
    /// - Parameter count: A number above all numbers of the set.
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

    /// The number of bytes of the set.
    var size: Int {
        switch self {
        case .few(let numbers): numbers.count * 8
        case .many(let bits): bits.words.count * 8
        }
    }
}
