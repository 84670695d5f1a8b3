import Gatehouse
import SeededGenerator
import Synchronization

/// A bus that delivers late, and now and then loses a node's connection with everything that was on its way.
final class LossyBus: Sendable {
    /// The longest that an event is on its way.
    static let longestDelay = Duration.milliseconds(300)
    /// The longest that a node's connection is down.
    static let longestOutage = Duration.milliseconds(2_500)

    private typealias Stream = AsyncThrowingStream<InvalidationBusEvent, any Error>.Continuation

    private struct Line {
        var stream: Stream?
        var isDown = false
        /// Events arrive in the order in which they were sent.
        var lastArrival = Duration.zero
        /// Of each connection that was lost another.
        var connection = 0
    }

    private let time: VirtualTime
    private let state: Mutex<(lines: [Line], random: SeededGenerator)>

    init(nodes: Int, seed: UInt64, _ time: VirtualTime) {
        self.time = time
        state = Mutex((Array(repeating: Line(), count: nodes), SeededGenerator(seed: seed)))
    }

    struct Endpoint: InvalidationBus {
        struct Down: Error {}

        let bus: LossyBus
        let node: Int

        func publish(_ invalidation: Invalidation) async throws {
            await Task.yield()
            // A message that cannot be sent is lost to all other nodes, which hear all the rest.
            if bus.state.withLock({ $0.lines[node].isDown }) { throw Down() }
            bus.send(.invalidation(invalidation), except: node)
        }

        func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> {
            let (events, stream) = AsyncThrowingStream.makeStream(of: InvalidationBusEvent.self)
            stream.yield(.mayHaveMissed)
            bus.state.withLock { $0.lines[node].stream = stream }
            return events
        }
    }

    func sendHeartbeat() { send(.heartbeat, except: nil) }

    private func send(_ event: InvalidationBusEvent, except sender: Int?) {
        state.withLock { state in
            for node in state.lines.indices where node != sender && !state.lines[node].isDown {
                if state.random.chance(8) {
                    breakDown(node, &state)
                    continue
                }
                let delay = Self.longestDelay * Double.random(in: 0...1, using: &state.random)
                let arrival = max(time.now + delay, state.lines[node].lastArrival)
                state.lines[node].lastArrival = arrival
                let connection = state.lines[node].connection
                time.at(arrival) { [self] in
                    self.state.withLock { state in
                        guard state.lines[node].connection == connection else { return }
                        _ = state.lines[node].stream?.yield(event)
                    }
                }
            }
        }
    }

    private func breakDown(_ node: Int, _ state: inout (lines: [Line], random: SeededGenerator)) {
        state.lines[node].isDown = true
        state.lines[node].connection += 1
        time.at(time.now + .milliseconds(Int.random(in: 0...2_499, using: &state.random))) { [self] in
            self.state.withLock { state in
                state.lines[node].isDown = false
                _ = state.lines[node].stream?.yield(.mayHaveMissed)
            }
        }
    }
}
