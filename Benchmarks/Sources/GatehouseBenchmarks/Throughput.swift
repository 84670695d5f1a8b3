import Foundation
import Gatehouse
import Synchronization

/// What a second thread adds to checks from strings, beside what it adds where the two share nothing.
///
/// Virtual processors may be halves of one core, now and then or always. Arithmetic hardly notices and checks do: so the
/// calibration is the same checks, of a cache for each thread. Of all rounds the best counts for each.
enum Throughput {
    private static let checks = 1_000_000
    private static let rounds = 31

    static func passes() async throws -> Bool {
        let check = try await CachedCheck(members: 1_000)
        let (other, apart) = (check.onItsOwn(), try await CachedCheck(members: 1_000))
        var (sharing, calibrating, calculating) = (Best(), Best(), Best())
        for _ in 0..<rounds {
            try sharing.add {
                try check.typed(checks)
            } and: {
                try other.typed(checks)
            }
            try calibrating.add {
                try check.typed(checks)
            } and: {
                try apart.typed(checks)
            }
            try calculating.add {
                try calculate(checks * 16)
            } and: {
                try calculate(checks * 16)
            }
        }
        let (gained, possible) = (sharing.gain, calibrating.gain)
        print(
            String(
                format: "Two threads: arithmetic gains %.2f, checks of two caches %.2f, of one %.2f",
                calculating.gain,
                possible,
                gained
            )
        )
        // A machine that does not let two threads run at once says less: at least 1.6 is asked where the calibration reaches 1.8.
        return Gates.gate("two threads: gain", gained, atLeast: 1.6 * min(1, possible / 1.8))
    }

    /// The shortest times in which one thread did some work, and two threads did twice as much.
    private struct Best {
        var (one, two) = (Duration.seconds(1_000), Duration.seconds(1_000))

        /// By how much two threads do more in the same time than one.
        var gain: Double { 2 * (one / two) }

        mutating func add(
            _ work: @escaping @Sendable () throws -> Void,
            and other: @escaping @Sendable () throws -> Void
        ) throws {
            one = min(one, try time(of: [work]))
            two = min(two, try time(of: [work, other]))
        }
    }

    private static func time(of works: [@Sendable () throws -> Void]) throws -> Duration {
        let failure = Mutex<(any Error)?>(nil)
        let group = DispatchGroup()
        let start = ContinuousClock.now
        for work in works {
            group.enter()
            Thread.detachNewThread {
                do { try work() } catch { failure.withLock { $0 = error } }
                group.leave()
            }
        }
        group.wait()
        if let failure = failure.withLock({ $0 }) { throw failure }
        return ContinuousClock.now - start
    }

    @inline(never)
    private static func calculate(_ count: Int) throws {
        var (a, b, c, d): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
        for _ in 0..<count {
            a = a &* 6_364_136_223_846_793_005 &+ 1
            b = (b ^ b << 13) &+ a
            c = (c ^ c >> 7) &+ 3
            d = (d ^ d << 17) &+ c
        }
        guard a ^ b ^ c ^ d != 0 else { throw WrongAnswer() }
    }
}
