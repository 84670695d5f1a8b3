#if canImport(Darwin)
public import Darwin
#elseif canImport(Glibc)
public import Glibc
#elseif canImport(Musl)
public import Musl
#endif

/// The system's monotonic clock of which reading costs least.
@usableFromInline
struct CoarseClock: Sendable {
    #if canImport(Darwin)
    @inlinable var now: MonotonicInstant {
        MonotonicInstant(nanoseconds: clock_gettime_nsec_np(CLOCK_MONOTONIC_RAW_APPROX))
    }
    #else
    @usableFromInline typealias Read = @convention(c) (clockid_t, UnsafeMutablePointer<timespec>) -> CInt

    /// The kernel's own `clock_gettime`, which lies in each process (vdso(7)): by way of the C library it takes half as long again.
    /// Where it cannot be found, the C library's.
    @usableFromInline let read: Read

    init() {
        read = Self.ofKernel ?? { clock_gettime($0, $1) }
    }

    /// Nil: it is not found, or does not tell the time.
    private static var ofKernel: Read? {
        #if arch(arm64)
        let name = "__kernel_clock_gettime"
        #else
        let name = "__vdso_clock_gettime"
        #endif
        guard let kernel = dlopen("linux-vdso.so.1", RTLD_LAZY | RTLD_NOLOAD),  // loads nothing, and is never closed
            let symbol = dlsym(kernel, name)
        else { return nil }
        let read = unsafeBitCast(symbol, to: Read.self)
        var time = timespec()
        return read(CLOCK_MONOTONIC_COARSE, &time) == 0 ? read : nil
    }

    @inlinable var now: MonotonicInstant {
        var time = timespec()
        _ = read(CLOCK_MONOTONIC_COARSE, &time)  // fails only for a clock that the platform lacks; this it has
        return MonotonicInstant(
            nanoseconds: UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000
                &+ UInt64(truncatingIfNeeded: time.tv_nsec)
        )
    }
    #endif
}
