#if PostgreSQL
/// Which beats vouch for having heard everything, and how long ago each was sent at most.
///
/// All nodes hear the same beats, which have numbers, and one node sends each: the first that misses it. A beat that every node sent for itself would
/// wake all the others, and cost a server the square of their number. How late a beat comes is judged by no clock but the node's own: one whose
/// number was not given yet when the node asked was sent after that.
package struct BusBeats {
    private let interval: Duration
    private let patience: Duration
    /// How many beats there were, by when that was asked; the latest last.
    private var probes: [(last: Int64, asked: ContinuousClock.Instant)] = []
    private var heard: ContinuousClock.Instant?
    private var begun: ContinuousClock.Instant?

    /// - Parameter interval: How often beats are due. One that was sent earlier than half as long again before it is heard vouches for nothing.
    package init(interval: Duration) {
        self.interval = interval
        // The patience is random, so that nodes do not all give up a beat at once.
        patience = interval * Double.random(in: 0.5...0.9)
    }

    /// Notes how many beats there were, and when that was asked.
    ///
    /// - Returns: False if none was heard for so long that this connection hears nothing.
    package mutating func probe(_ last: Int64, askedAt time: ContinuousClock.Instant) -> Bool {
        probes.append((last, time))
        if probes.count > 8 { probes.removeFirst() }
        if begun == nil { begun = time }
        return (heard ?? begun ?? time).duration(to: time) <= interval * 4
    }

    /// Returns true if a beat is due.
    package func isSilent(at time: ContinuousClock.Instant) -> Bool {
        heard.map { $0.duration(to: time) >= patience } ?? true
    }

    /// Hears a beat; true if everything that was said until shortly before now has been heard.
    package mutating func hear(_ number: Int64, at time: ContinuousClock.Instant) -> Bool {
        guard let probe = probes.last(where: { $0.last < number }), probe.asked.duration(to: time) <= interval * 1.5
        else {
            return false
        }
        heard = time
        return true
    }
}
#endif
