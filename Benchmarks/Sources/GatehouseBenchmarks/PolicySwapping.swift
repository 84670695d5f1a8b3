import Foundation
import Gatehouse
import Synchronization

/// Swapping the policy of 110,000 grants and assignments while two threads check: none may fail or wait a millisecond.
///
/// On cores that are shared the system takes a thread off for milliseconds whatever it does, so the wall's time alone
/// says nothing. A check is late by its own fault if its thread worked for a millisecond, or if it took one on the wall
/// and gave up the core of its own accord: that is how waiting for a lock looks, and being preempted does not. A pause of the
/// host counts as work, now and then; what a swap made a check do would be so for each, so fewer than half may have one. How many
/// take a millisecond on the wall is printed beside the same loop while the policies are compiled and not swapped in.
final class PolicySwapping: Sendable {
    private static let swaps = 5
    private let current: CurrentPolicy
    private let requests: [(principal: Principal, permission: Permission, isAllowed: Bool)]
    private let isDone = Atomic(false)

    private struct Tally {
        var checks = 0
        var wrong = 0
        var resolved = 0
        var late = 0
        var waited = 0
        var worked = 0
        var longest = Duration.zero

        static func + (lhs: Self, rhs: Self) -> Self {
            Tally(
                checks: lhs.checks + rhs.checks,
                wrong: lhs.wrong + rhs.wrong,
                resolved: lhs.resolved + rhs.resolved,
                late: lhs.late + rhs.late,
                waited: lhs.waited + rhs.waited,
                worked: lhs.worked + rhs.worked,
                longest: max(lhs.longest, rhs.longest)
            )
        }
    }

    private init(_ policy: Policy) throws {
        current = CurrentPolicy(try PolicyEngine(policy))
        requests = try ModelSize.large.requests.map {
            ($0.principal, try Permission(validating: $0.permissionName), $0.isAllowed)
        }
    }

    static func passes() throws -> Bool {
        let policy = ModelSize.large.policy
        let still = try PolicySwapping(policy).run { _ in _ = try PolicyEngine(policy) }
        let swapped = try PolicySwapping(policy).run { $0.replace(with: try PolicyEngine(policy)) }
        for (name, tally) in [("without swaps", still), ("with \(swaps) swaps", swapped)] {
            let longest = String(format: "%.3f", tally.longest / .milliseconds(1))
            print("\(name): \(tally.checks) checks, \(tally.resolved) resolved, \(tally.late) over 1 ms on the wall")
            print("\(name): the longest check worked for \(longest) ms")
        }
        return [
            Gates.gate("swapping under load: wrong answers", Double(swapped.wrong), atMost: 0),
            Gates.gate(
                "swapping under load: checks that worked 1 ms",
                Double(swapped.worked),
                atMost: Double(swaps / 2)
            ),
            Gates.gate("swapping under load: checks that waited 1 ms", Double(swapped.waited), atMost: 0),
            // Each thread resolves each of its principals again after each swap, but perhaps not after the last.
            Gates.gate(
                "swapping under load: resolved anew",
                Double(swapped.resolved),
                atLeast: 2 * 17 * Double(swaps - 1)
            ),
        ].allSatisfy { $0 }
    }

    /// Two threads check while this one compiles and swaps.
    private func run(_ swap: (CurrentPolicy) throws -> Void) throws -> Tally {
        let tallies = Mutex<[Tally]>([])
        let running = DispatchGroup()
        for _ in 0..<2 {
            running.enter()
            Thread.detachNewThread { [self] in
                let tally = check()
                tallies.withLock { $0.append(tally) }
                running.leave()
            }
        }
        let outcome = Result { for _ in 0..<Self.swaps { try swap(current) } }
        isDone.store(true, ordering: .releasing)
        running.wait()
        try outcome.get()
        return tallies.withLock { $0.reduce(Tally(), +) }
    }

    private func check() -> Tally {
        var tally = Tally()
        var resolved = requests.map { current.resolve($0.principal) }
        while !isDone.load(ordering: .acquiring) {
            for (index, request) in requests.enumerated() {
                let start = (
                    wall: ContinuousClock.now, work: ProcessorTime.ofThread, waits: ProcessorTime.waitsOfThread
                )
                if !current.isCurrent(resolved[index]) {
                    resolved[index] = current.resolve(request.principal)
                    tally.resolved += 1
                }
                let isAllowed = resolved[index].allows(request.permission, at: .distantPast)
                let work = ProcessorTime.ofThread - start.work
                let isLate = ContinuousClock.now - start.wall > .milliseconds(1)
                tally.checks += 1
                if isAllowed != request.isAllowed { tally.wrong += 1 }
                if isLate { tally.late += 1 }
                if isLate, ProcessorTime.waitsOfThread > start.waits { tally.waited += 1 }
                if work > .milliseconds(1) { tally.worked += 1 }
                tally.longest = max(tally.longest, work)
            }
        }
        return tally
    }
}
