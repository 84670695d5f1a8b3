#if PostgreSQL
/// The heartbeats of the bus. They show that a node has heard everything, up to a known age.
///
/// All nodes hear the same beats, which have numbers. Each beat is sent by one node: the first node that misses the beat. If every node
/// sent its own beats, every beat would wake all nodes, and the server's load would grow with the square of their number. Only the node's
/// own clock judges the age of a beat: a beat whose number did not exist when the node asked was sent after the question.
package struct BusBeats {
    private let interval: Duration
    private let patience: Duration
    /// The numbers of the last beats, with the times at which the node asked for them; the latest last.
    private var probes: [(last: Int64, asked: ContinuousClock.Instant)] = []
    private var heard: ContinuousClock.Instant?
    private var begun: ContinuousClock.Instant?

    /// Makes a value without beats.
    ///
    /// - Parameter interval: The time between beats. A beat that is heard more than one and a half intervals after it was sent shows
    ///   nothing.
    package init(interval: Duration) {
        self.interval = interval
        // The patience is random, so that not all nodes lose patience at once.
        patience = interval * Double.random(in: 0.5...0.9)
    }

    /// Stores the number of the last beat and the time of the question.
    ///
    /// - Returns: False if this connection has heard no beat for so long that it is no longer in order.
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

    /// Hears a beat. Returns true if the beat was sent after a recent question, so that everything from before the question has been heard.
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
