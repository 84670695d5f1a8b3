/// An instant of civil time in UTC, to the nanosecond, in the years 0000 to 9999 that RFC 3339 can write.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// The whole seconds since 1970-01-01T00:00:00Z, without leap seconds; negative for an earlier instant.
    public let seconds: Int64
    /// The nanoseconds within the second, from 0 to 999,999,999.
    public let nanoseconds: Int32

    /// The earliest timestamp, 0000-01-01T00:00:00Z.
    public static let distantPast = Timestamp(uncheckedSeconds: -62_167_219_200, nanoseconds: 0)
    /// The latest timestamp, 9999-12-31T23:59:59.999999999Z.
    public static let distantFuture = Timestamp(uncheckedSeconds: 253_402_300_799, nanoseconds: 999_999_999)

    /// Makes a timestamp; `nil` for an instant outside the years 0000 to 9999, or for nanoseconds outside a second.
    public init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard (Self.distantPast.seconds...Self.distantFuture.seconds).contains(seconds),
            (0..<1_000_000_000).contains(nanoseconds)
        else { return nil }
        self.init(uncheckedSeconds: seconds, nanoseconds: nanoseconds)
    }

    /// Makes a timestamp from Unix seconds with a fraction; `nil` for a NaN and for an instant outside the years 0000 to 9999.
    public init?(secondsSinceEpoch value: Double) {
        let whole = value.rounded(.down)
        guard let seconds = Int64(exactly: whole) else { return nil }  // also fails for a NaN or an infinity
        let nanoseconds = ((value - whole) * 1e9).rounded()
        self.init(seconds: seconds, nanoseconds: Int32(min(nanoseconds, 999_999_999)))
    }

    /// Makes the nearest timestamp to Unix seconds from a token, which may have any value.
    public init(clampingSecondsSinceEpoch value: Double) {
        self = Timestamp(secondsSinceEpoch: value) ?? (value > 0 ? .distantFuture : .distantPast)
    }

    private init(uncheckedSeconds: Int64, nanoseconds: Int32) {
        seconds = uncheckedSeconds
        self.nanoseconds = nanoseconds
    }

    /// The Unix seconds with a fraction, to the precision of a double: a microsecond or better until 2200.
    public var secondsSinceEpoch: Double {
        Double(seconds) + Double(nanoseconds) / 1e9
    }

    /// Returns the instant that is later by a duration, limited to the years 0000 to 9999.
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

    /// Returns the time from this instant to another; negative if the other instant is earlier.
    public func duration(to other: Timestamp) -> Duration {
        // Neither operation overflows: all timestamps are within some ten thousand years.
        .seconds(other.seconds - seconds) + .nanoseconds(Int64(other.nanoseconds) - Int64(nanoseconds))
    }

    public static func < (lhs: Self, rhs: Self) -> Bool {
        (lhs.seconds, lhs.nanoseconds) < (rhs.seconds, rhs.nanoseconds)
    }
}
