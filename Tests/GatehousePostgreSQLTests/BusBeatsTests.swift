#if PostgreSQL
import GatehousePostgreSQL
import Testing

struct BusBeatsTests {
    private let start = ContinuousClock.now

    private func time(_ milliseconds: Int) -> ContinuousClock.Instant {
        start.advanced(by: .milliseconds(milliseconds))
    }

    @Test("a beat vouches only if it was sent since a question that is not long ago")
    func late() {
        var beats = BusBeats(interval: .milliseconds(1_000))
        #expect(beats.probe(7, askedAt: time(0)))
        // Numbers that were given before the question are of nobody knows when.
        #expect(!beats.hear(6, at: time(1)) && !beats.hear(7, at: time(1)))
        #expect(beats.hear(8, at: time(1_500)))
        // Held back on its way, with the answer of the question after it.
        #expect(!beats.hear(9, at: time(1_501)))
        #expect(beats.probe(9, askedAt: time(2_000)))
        #expect(!beats.hear(9, at: time(2_001)))
        #expect(beats.hear(10, at: time(3_500)))
        #expect(!beats.hear(11, at: time(3_501)))
    }

    @Test("a beat that was sent just before a question vouches by the question before it")
    func crossing() {
        var beats = BusBeats(interval: .milliseconds(1_000))
        #expect(beats.probe(1, askedAt: time(0)))
        #expect(beats.probe(2, askedAt: time(1_000)))
        #expect(beats.hear(2, at: time(1_001)))
    }

    @Test("a beat is due after a silence, and a connection that hears none is given up")
    func silence() {
        var beats = BusBeats(interval: .milliseconds(1_000))
        #expect(beats.isSilent(at: time(0)))
        #expect(beats.probe(1, askedAt: time(0)))
        #expect(beats.hear(2, at: time(10)))
        #expect(!beats.isSilent(at: time(500)) && beats.isSilent(at: time(1_010)))
        #expect(beats.probe(2, askedAt: time(4_010)))
        #expect(!beats.probe(2, askedAt: time(4_011)))
        var deaf = BusBeats(interval: .milliseconds(1_000))
        #expect(deaf.probe(1, askedAt: time(0)) && deaf.probe(9, askedAt: time(4_000)))
        #expect(!deaf.probe(9, askedAt: time(4_001)))
    }
}
#endif
