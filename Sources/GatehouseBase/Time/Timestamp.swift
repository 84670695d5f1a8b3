/// An instant of civil time in UTC, to the nanosecond, from year 0000 to 9999: what RFC 3339 can write.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Whole seconds since 1970-01-01T00:00:00Z, without leap seconds; negative before.
    public let seconds: Int64
    /// Nanoseconds within the second, from 0 to 999,999,999.
    public let nanoseconds: Int32

    /// 0000-01-01T00:00:00Z.
    public static let distantPast = Timestamp(uncheckedSeconds: -62_167_219_200, nanoseconds: 0)
    /// 9999-12-31T23:59:59.999999999Z.
    public static let distantFuture = Timestamp(uncheckedSeconds: 253_402_300_799, nanoseconds: 999_999_999)

    /// An instant from parts; `nil` outside the years 0000 to 9999 or with nanoseconds outside a second.
    public init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard (Self.distantPast.seconds...Self.distantFuture.seconds).contains(seconds),
            (0..<1_000_000_000).contains(nanoseconds)
        else { return nil }
        self.init(uncheckedSeconds: seconds, nanoseconds: nanoseconds)
    }

    /// An instant from Unix seconds with a fraction; `nil` if that is not a number or outside the years 0000 to 9999.
    public init?(secondsSinceEpoch value: Double) {
        let whole = value.rounded(.down)
        guard let seconds = Int64(exactly: whole) else { return nil }  // also a NaN or an infinity
        let nanoseconds = ((value - whole) * 1e9).rounded()
        self.init(seconds: seconds, nanoseconds: Int32(min(nanoseconds, 999_999_999)))
    }

    /// The nearest instant that can be written, for Unix seconds from a token, which may be absurd.
    public init(clampingSecondsSinceEpoch value: Double) {
        self = Timestamp(secondsSinceEpoch: value) ?? (value > 0 ? .distantFuture : .distantPast)
    }

    private init(uncheckedSeconds: Int64, nanoseconds: Int32) {
        seconds = uncheckedSeconds
        self.nanoseconds = nanoseconds
    }

    /// Unix seconds with a fraction, to the precision of a double: a microsecond or better until 2200.
    public var secondsSinceEpoch: Double {
        Double(seconds) + Double(nanoseconds) / 1e9
    }

    /// The instant so much later, held within what can be written.
    public func advanced(by duration: Duration) -> Timestamp {
        let (wholeSeconds, attoseconds) = duration.clampedComponents
        let nanoseconds = Int64(nanoseconds) + attoseconds / 1_000_000_000
        let carry: Int64 = nanoseconds < 0 ? -1 : nanoseconds / 1_000_000_000
        let (sum, overflow) = seconds.addingReportingOverflow(wholeSeconds)
        let (total, carryOverflow) = sum.addingReportingOverflow(carry)
        guard !overflow, !carryOverflow,
            let result = Timestamp(seconds: total, nanoseconds: Int32(nanoseconds - carry * 1_000_000_000))
        else { return duration > .zero ? .distantFuture : .distantPast }
        return result
    }

    /// The time from this instant to another; negative where that came before.
    public func duration(to other: Timestamp) -> Duration {
        // Neither overflows: an instant is within some ten thousand years.
        .seconds(other.seconds - seconds) + .nanoseconds(Int64(other.nanoseconds) - Int64(nanoseconds))
    }

    public static func < (lhs: Self, rhs: Self) -> Bool {
        (lhs.seconds, lhs.nanoseconds) < (rhs.seconds, rhs.nanoseconds)
    }
}
