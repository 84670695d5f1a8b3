import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Numbers the threads of the process, from 1 on in the order in which they first ask.
package struct ThreadNumber: Sendable {
    private static let last = Atomic<Int>(0)
    private static let shared: pthread_key_t? = {
        var key = pthread_key_t()
        return pthread_key_create(&key, nil) == 0 ? key : nil
    }()

    private let key = Self.shared

    package init() {}

    /// The number of the thread that asks; 0 where the system has no room to remember it.
    @inline(__always)
    package var current: Int {
        guard let key else { return 0 }
        let known = Int(bitPattern: pthread_getspecific(key))
        return known > 0 ? known : Self.number(key)
    }

    @inline(never)
    private static func number(_ key: pthread_key_t) -> Int {
        let number = last.wrappingAdd(1, ordering: .relaxed).newValue & .max
        return pthread_setspecific(key, UnsafeRawPointer(bitPattern: number)) == 0 ? number : 0
    }
}
