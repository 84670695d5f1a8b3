import Gatehouse

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a check cannot go below: to know that what it remembers is still good, it reads the clock.
enum ClockReads {
    @inline(never)
    static func read(_ count: Int) throws {
        try read(.system, count)
    }

    /// The same clock by way of the C library and of a closure, as one that is given is read.
    @inline(never)
    static func byLibrary(_ count: Int) throws {
        let clock = MonotonicClock {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
            return MonotonicInstant(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
        }
        try read(clock, count)
    }

    @inline(__always)
    private static func read(_ clock: MonotonicClock, _ count: Int) throws {
        let start = clock.now()
        for _ in 0..<count {
            guard clock.now() >= start else { throw WrongAnswer() }
        }
    }
}
