import CGatehouseShims
import Synchronization

/// The numbers of the process's threads, from 1 on in the order of their first use.
enum ThreadNumber {
    private static let last = Atomic<UInt32>(0)

    /// The number of the calling thread.
    @inline(__always)
    static var current: UInt32 {
        let known = gatehouse_get_thread_number()
        return known > 0 ? known : number()
    }

    @inline(never)
    private static func number() -> UInt32 {
        let number = last.wrappingAdd(1, ordering: .relaxed).newValue
        gatehouse_set_thread_number(number)
        return number
    }
}
