#if PostgreSQL
import GatehousePostgreSQL
import Testing

struct BusBeatsTests {
    private enum Step {
        case probe(Int64), hear(Int64), silence
    }

    /// The results of steps at so many milliseconds.
    private static func run(_ steps: [(Int, Step)]) -> [Bool] {
        let start = ContinuousClock.now
        var beats = BusBeats(interval: .milliseconds(1_000))
        return steps.map { milliseconds, step in
            let time = start.advanced(by: .milliseconds(milliseconds))
            switch step {
            case .probe(let last): return beats.probe(last, askedAt: time)
            case .hear(let number): return beats.hear(number, at: time)
            case .silence: return beats.isSilent(at: time)
            }
        }
    }

    @Test("a beat vouches only if it answers a recent question")
    func late() {
        // Numbers that were given before the question are of nobody knows when.
        let given: [(Int, Step)] = [(0, .probe(7)), (1, .hear(6)), (1, .hear(7)), (1_500, .hear(8))]
        #expect(Self.run(given) == [true, false, false, true])
        // Held back on its way, with the answer of the question after it.
        let held: [(Int, Step)] = [(0, .probe(7)), (1_501, .hear(8)), (2_000, .probe(8)), (2_001, .hear(8))]
        #expect(Self.run(held) == [true, false, true, false])
        #expect(Self.run(held + [(3_500, .hear(9)), (3_501, .hear(10))]).suffix(2) == [true, false])
    }

    @Test("a beat that was sent just before a question vouches by the question before it")
    func crossing() {
        #expect(Self.run([(0, .probe(1)), (1_000, .probe(2)), (1_001, .hear(2))]) == [true, true, true])
    }

    @Test("a beat is due after a silence, and a connection that hears no beat is given up")
    func silence() {
        let heard: [(Int, Step)] = [(0, .silence), (0, .probe(1)), (10, .hear(2)), (500, .silence), (1_010, .silence)]
        #expect(Self.run(heard) == [true, true, true, false, true])
        #expect(Self.run(heard + [(4_010, .probe(2)), (4_011, .probe(2))]).suffix(2) == [true, false])
        #expect(Self.run([(0, .probe(1)), (4_000, .probe(9)), (4_001, .probe(9))]) == [true, true, false])
    }
}
#endif
