import Synchronization

/// An id that was made for a request: 32 hexadecimal digits, which are written only when they are needed.
///
/// The first half is random and belongs to the process. The second half is unique within the process. Neither is secret.
package struct MadeRequestID: Sendable, CustomStringConvertible {
    private static let process = UInt64.random(in: .min ... .max)
    private static let count = Atomic<UInt64>(.random(in: .min ... .max))

    private let number = Self.count.wrappingAdd(1, ordering: .relaxed).oldValue

    package init() {}

    package var description: String {
        String(unsafeUninitializedCapacity: 32) { digits in
            for (index, half) in [Self.process, number.mixed].enumerated() {
                for digit in 0..<16 {
                    let value = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * digit)) & 15
                    digits[16 * index + digit] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
                }
            }
            return 32
        }
    }
}

extension UInt64 {
    /// A different number for each value. The numbers of neighbours look unrelated (SplitMix64, Steele, Lea and Flood 2014).
    fileprivate var mixed: UInt64 {
        var mixed = self &* 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
