public import GatehouseBase

extension Timestamp {
    /// The whole milliseconds since 1970, rounded down, as in the rows. The number never overflows, since an instant is within ten thousand
    /// years.
    public var milliseconds: Int64 { seconds * 1_000 + Int64(nanoseconds) / 1_000_000 }

    /// Makes an instant from milliseconds since 1970, limited to the possible instants, for times from other systems.
    public init(clampingMilliseconds milliseconds: Int64) {
        let quotient = milliseconds / 1_000
        let remainder = milliseconds % 1_000
        let (seconds, rest) = remainder < 0 ? (quotient - 1, remainder + 1_000) : (quotient, remainder)
        self =
            Timestamp(seconds: seconds, nanoseconds: Int32(rest) * 1_000_000)
            ?? (milliseconds < 0 ? .distantPast : .distantFuture)
    }
}

extension Timestamp {
    /// The nanoseconds since 1970, limited to 64 bits: the years 1678 to 2262.
    public var nanosecondsSince1970: Int64 {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = product.addingReportingOverflow(Int64(nanoseconds))
        guard !overflow, !sumOverflow else { return seconds < 0 ? .min : .max }
        return sum
    }

    /// Makes an instant from nanoseconds since 1970, which each number of 64 bits has.
    public init(clampingNanoseconds nanoseconds: Int64) {
        let quotient = nanoseconds / 1_000_000_000
        let remainder = nanoseconds % 1_000_000_000
        let (seconds, rest) = remainder < 0 ? (quotient - 1, remainder + 1_000_000_000) : (quotient, remainder)
        self = Timestamp(seconds: seconds, nanoseconds: Int32(rest)) ?? .distantPast
    }
}
