import GatehouseBase
import Testing

@Suite("A monotonic instant is advanced within its range")
struct MonotonicInstantTests {
    @Test(
        "adding a duration goes on from the instant, and never back",
        arguments: [
            (Duration.nanoseconds(5), UInt64(15)), (.seconds(2) + .nanoseconds(1), 2_000_000_011), (.zero, 10),
            (.nanoseconds(-5), 10), (.seconds(Int64.min) * 2, 10),
            (.nanoseconds(Int64.max), 9_223_372_036_854_775_817),
            (.seconds(18_446_744_073), 18_446_744_073_000_000_010),
            (.seconds(18_446_744_074), .max), (.seconds(Int64.max), .max), (.seconds(Int64.max) * 2, .max),
        ]
    )
    func adding(duration: Duration, nanoseconds: UInt64) {
        #expect(MonotonicInstant(nanoseconds: 10).advanced(by: duration).nanoseconds == nanoseconds)
    }
}
