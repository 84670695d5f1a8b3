import CGatehouseShims
import Synchronization

/// Numbers the threads of the process, from 1 on in the order in which they first ask.
enum ThreadNumber {
    private static let last = Atomic<UInt32>(0)

    /// The number of the thread that asks.
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
