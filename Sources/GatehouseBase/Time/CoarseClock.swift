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

    @usableFromInline let read: Read

    /// - Parameter read: the kernel's own `clock_gettime`, which lies in each process (vdso(7)): by way of the C library it takes half
    ///   as long again. Where it is not found, the C library's.
    init(read: Read = ofKernel ?? { clock_gettime($0, $1) }) {
        self.read = read
    }

    private static var ofKernel: Read? {
        #if canImport(Glibc) && arch(x86_64)
        return kernelFunction("__vdso_clock_gettime")
        #elseif canImport(Glibc) && arch(arm64)
        return kernelFunction("__kernel_clock_gettime")
        #else
        return nil
        #endif
    }

    private static func kernelFunction(_ name: String) -> Read? {
        let kernel = dlopen("linux-vdso.so.1", RTLD_LAZY | RTLD_NOLOAD)  // loads nothing, and is never closed
        // Safe: under these names the kernel has its `clock_gettime`, of this C type on both processors (vdso(7)); no input names others.
        return kernel.flatMap { dlsym($0, name) }.map { unsafeBitCast($0, to: Read.self) }
    }

    @inlinable var now: MonotonicInstant {
        var time = timespec()
        // What is written there is no longer than it, and so the stack needs no guard.
        let status = _withUnprotectedUnsafeMutablePointer(to: &time) { read(CLOCK_MONOTONIC_COARSE, $0) }
        guard status == 0 else { return MonotonicInstant(nanoseconds: .max) }  // too late for all that is remembered
        return MonotonicInstant(
            nanoseconds: UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000
                &+ UInt64(truncatingIfNeeded: time.tv_nsec)
        )
    }
    #endif
}
