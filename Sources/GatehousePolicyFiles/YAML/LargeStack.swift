#if PolicyFiles
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A thread with a stack of 16 MiB, which runs one piece of work.
///
/// Yams recurses as deep as libyaml lets a text nest, about 2,000 levels. That is too deep for the stacks of 512 KiB or less that some
/// platforms give a thread.
enum LargeStack {
    private static let bytes = 16 << 20

    /// Runs `body`, waits for its end, and returns its result; `nil` if no thread can be made.
    static func run<Output: Sendable>(_ body: @escaping @Sendable () -> Output) -> Output? {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return nil }
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, bytes) == 0 else { return nil }

        let output = Slot<Output>()
        let work = Unmanaged.passRetained(Work { output.value.withLock { $0 = body() } })
        #if canImport(Darwin)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        guard pthread_create(&thread, &attributes, perform, work.toOpaque()) == 0 else {
            work.release()
            return nil
        }
        #if canImport(Darwin)
        guard let thread else { return nil }
        #endif
        pthread_join(thread, nil)
        return output.value.withLock { $0 }
    }

    private final class Slot<Output: Sendable>: Sendable {
        let value = Mutex<Output?>(nil)
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static let perform: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { work in
        if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
        return nil
    }
}
#endif
