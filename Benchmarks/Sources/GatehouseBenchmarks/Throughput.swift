import Foundation
import Gatehouse
import Synchronization

/// What a second thread adds to checks from strings, beside what it adds to a loop that shares nothing.
enum Throughput {
    private static let checks = 2_000_000

    static func passes() async throws -> Bool {
        let check = try await CachedCheck(members: 1_000)
        let other = check.onItsOwn()
        var (shared, nothing): ([Double], [Double]) = ([], [])
        for _ in 0..<7 {
            shared.append(
                try gain {
                    try check.typed(checks)
                } and: {
                    try other.typed(checks)
                }
            )
            nothing.append(
                try gain {
                    try calibrate(checks * 20)
                } and: {
                    try calibrate(checks * 20)
                }
            )
        }
        let (gained, possible) = (median(shared), median(nothing))
        print(String(format: "Two threads: a loop that shares nothing gains %.2f, checks %.2f", possible, gained))
        // A machine that does not let two threads run at once says less: at least 1.6 is asked where the loop reaches 1.8.
        return Gates.gate("two threads: gain", gained, atLeast: 1.6 * min(1, possible / 1.8))
    }

    /// By how much two threads do more of it in the same time than one.
    private static func gain(
        _ work: @escaping @Sendable () throws -> Void,
        and other: @escaping @Sendable () throws -> Void
    ) throws -> Double {
        let one = try time(of: [work])
        let two = try time(of: [work, other])
        return 2 * (one / two)
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
    private static func calibrate(_ count: Int) throws {
        var state: UInt64 = 1
        for _ in 0..<count { state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
        guard state != 0 else { throw WrongAnswer() }
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
