import GatehouseBase
import Testing

@Suite("Timestamps are RFC 3339, to the nanosecond, and never trap")
struct TimestampTests {
    @Test(
        "a well-formed time is read and written in UTC",
        arguments: [
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
            ("2026-01-31T12:00:00.5+01:00", "2026-01-31T11:00:00.5Z"),
            ("2024-02-29t23:59:59z", "2024-02-29T23:59:59Z"),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
            ("1972-06-30T23:59:60.5Z", "1972-07-01T00:00:00.5Z"),
            ("1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00Z"),
            ("2017-01-01T05:29:60+05:30", "2017-01-01T00:00:00Z"),
            ("0000-06-30T23:59:60Z", "0000-07-01T00:00:00Z"),
            ("1900-03-01T00:00:00-00:30", "1900-03-01T00:30:00Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.9999999999Z", "9999-12-31T23:59:59.999999999Z"),
            ("2000-01-01T00:00:00.000000001Z", "2000-01-01T00:00:00.000000001Z"),
        ]
    )
    func reads(text: String, written: String) {
        #expect(Timestamp(rfc3339: text)?.description == written)
    }

    @Test(
        "a text of another form is not a time",
        arguments: [
            "", "2026", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Z ",
            "2026-01-01T00:00:00+0100", "2026-01-01T00:00:61Z", "+2026-01-01T00:00:00Z", "2026-1-01T00:00:00Z",
            "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z",
            "2026-12-31T12:34:60Z", "2026-12-31T23:58:60Z", "2026-12-30T23:59:60Z", "2026-03-31T23:59:60Z",
            "2026-12-31T23:59:60+01:00", "2026-06-30T23:59:60-00:01", "2026-07-01T00:00:60Z",
            "２026-01-01T00:00:00Z",
        ]
    )
    func refuses(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(
        "Unix seconds keep their fraction, before 1970 too",
        arguments: [(0, "1970-01-01T00:00:00Z"), (1.5, "1970-01-01T00:00:01.5Z"), (-0.25, "1969-12-31T23:59:59.75Z")]
    )
    func unixSeconds(seconds: Double, written: String) {
        #expect(Timestamp(secondsSinceEpoch: seconds)?.description == written)
    }

    @Test("absurd seconds are no time, and clamp", arguments: [1e300, -1e300, .infinity, -.infinity, 253_402_300_800])
    func absurdSeconds(seconds: Double) {
        #expect(Timestamp(secondsSinceEpoch: seconds) == nil)
        #expect(Timestamp(clampingSecondsSinceEpoch: seconds) == (seconds > 0 ? .distantFuture : .distantPast))
    }

    @Test("every day of four centuries is read as it is written")
    func everyDay() throws {
        for day in 0..<146_097 {
            let time = try #require(Timestamp(seconds: Int64(day - 100_000) * 86_400 + 3_661))
            #expect(Timestamp(rfc3339: time.description) == time)
        }
    }

    @Test(
        "adding a duration carries and stays in range",
        arguments: [
            (Duration.milliseconds(1_500), "1970-01-01T00:00:01.5Z"), (.milliseconds(-500), "1969-12-31T23:59:59.5Z"),
            (.seconds(Int64.max), "9999-12-31T23:59:59.999999999Z"), (.seconds(Int64.min), "0000-01-01T00:00:00Z"),
            (.seconds(Int64.max) * 2, "9999-12-31T23:59:59.999999999Z"),
            (.seconds(Int64.min) * 2, "0000-01-01T00:00:00Z"),
        ]
    )
    func adding(duration: Duration, written: String) throws {
        #expect(Timestamp.distantFuture.advanced(by: .milliseconds(500)) == .distantFuture)
        let epoch = try #require(Timestamp(seconds: 0))
        #expect(epoch.advanced(by: duration).description == written)
    }
}
