import Synchronization
import Testing

@testable import GatehouseBase

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite("A monotonic clock")
struct MonotonicClockTests {
    @Test("a clock asks its function each time")
    func given() {
        let asked = Atomic<UInt64>(0)
        let clock = MonotonicClock { MonotonicInstant(nanoseconds: asked.add(1, ordering: .relaxed).newValue) }
        #expect(clock.now().nanoseconds == 1)
        #expect(clock.now().nanoseconds == 2)
    }

    #if os(Linux)
    @Test("the system's clock tells the time of the C library's coarse clock")
    func system() {
        let before = coarse()
        let now = MonotonicClock.system.now().nanoseconds
        #expect(before...coarse() ~= now)
    }

    @Test("a clock that cannot tell the time is late for everything")
    func failing() {
        #expect(CoarseClock.instant { _ in -1 }.nanoseconds == .max)
    }

    private func coarse() -> UInt64 {
        var time = timespec()
        #expect(clock_gettime(CLOCK_MONOTONIC_COARSE, &time) == 0)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
    #endif
}
