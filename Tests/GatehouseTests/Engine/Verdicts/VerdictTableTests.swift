import Testing

@testable import Gatehouse

@Suite("A table of verdicts says nothing of ids that it does not have")
struct VerdictTableTests {
    private static let table = VerdictTable(allowed: set(0, 1), denied: set(2), undecided: set(63))

    private static func set(_ numbers: Int...) -> BitSet {
        var set = BitSet(count: 64)
        for number in numbers { set.insert(number) }
        return set
    }

    @Test(
        "an id is allowed, denied or silent, and without verdict where conditions decide",
        arguments: [(0, .allowed), (1, .allowed), (2, .denied), (3, .silent), (62, .silent), (63, nil)]
            as [(Int, Verdict?)]
    )
    func inside(id: Int, verdict: Verdict?) {
        #expect(Self.table[id] == verdict)
    }

    @Test("an id beyond the table's ends has no verdict", arguments: [-1, 64, 127, 128, .max, .min])
    func outside(id: Int) {
        #expect(Self.table[id] == nil && VerdictTable.empty[id] == nil)
    }
}
