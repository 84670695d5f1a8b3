import Foundation
import Gatehouse

/// Compiling the policy of 110,000 grants and assignments, in a process that did nothing before.
///
/// The time is that of the processor, which is the wall's on a core of one's own: compiling is one thread and waits for
/// nothing. The memory is how far the process grew beyond the policy itself at the worst moment.
enum PolicyCompiling {
    static func passes() throws -> Bool {
        let policy = ModelSize.large.policy
        let before = try kibibytes("VmRSS")
        // From here on the peak counts anew: building the policy does not.
        try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
        let start = (wall: ContinuousClock.now, processor: ProcessorTime.ofProcess)
        let engine = try PolicyEngine(policy)
        let (wall, processor) = (ContinuousClock.now - start.wall, ProcessorTime.ofProcess - start.processor)
        let peak = try kibibytes("VmHWM") - before
        withExtendedLifetime(engine) {}
        print("Compiled 110,000 grants and assignments in \(wall)")
        return [
            Gates.gate("compiling 110,000 grants: seconds of the processor", processor / .seconds(1), atMost: 1),
            Gates.gate("compiling 110,000 grants: peak memory, MB", Double(peak) * 1_024 / 1e6, atMost: 200),
        ].allSatisfy { $0 }
    }

    /// What Linux says of this process.
    private static func kibibytes(_ field: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }
        guard let value = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) }) else {
            throw WrongAnswer()
        }
        return value
    }
}

/// How long the processor worked.
enum ProcessorTime {
    static var ofProcess: Duration { time(CLOCK_PROCESS_CPUTIME_ID) }
    static var ofThread: Duration { time(CLOCK_THREAD_CPUTIME_ID) }

    private static func time(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// How often this thread gave up the processor of its own accord: that is how waiting for a lock looks, and being
    /// preempted does not.
    static var waitsOfThread: Int {
        var usage = rusage()
        getrusage(1, &usage)  // RUSAGE_THREAD, which Swift does not see
        return usage.ru_nvcsw
    }
}
