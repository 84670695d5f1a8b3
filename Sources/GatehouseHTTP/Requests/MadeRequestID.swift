import Synchronization

/// An id that was made for a request: 32 hexadecimal digits, written only where somebody asks for them.
///
/// The first half is random and the process's own; the second is no other request's of the process. Neither is a secret.
struct MadeRequestID: Sendable, CustomStringConvertible {
    private static let process = UInt64.random(in: .min ... .max)
    private static let count = Atomic<UInt64>(.random(in: .min ... .max))

    private let number = Self.count.wrappingAdd(1, ordering: .relaxed).oldValue

    var description: String { [Self.process, number.mixed].map(\.hexadecimal).joined() }
}

extension UInt64 {
    /// Another number for each: neighbours have nothing in common (SplitMix64, Steele, Lea and Flood 2014).
    fileprivate var mixed: UInt64 {
        var mixed = self &* 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// 16 hexadecimal digits.
    fileprivate var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
