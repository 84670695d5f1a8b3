#if Server
#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A time as the value of a field (RFC 9110 section 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// Foundation's formats would load the data of a locale, which takes longer than the rest of a server's start.
struct FieldDate: CustomStringConvertible {
    let description: String

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Makes the text of a time.
    ///
    /// - Parameter time: The time in seconds since 1970.
    init(_ time: Int) {
        var (time, parts) = (time_t(time), tm())
        gmtime_r(&time, &parts)
        func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(twoDigits(parts.tm_mday)) \(Self.months[Int(parts.tm_mon)]) \(1_900 + Int(parts.tm_year))"
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits).joined(separator: ":")
        description = "\(Self.days[Int(parts.tm_wday)]), \(date) \(clock) GMT"
    }

    /// The present time.
    static var now: FieldDate { FieldDate(time(nil)) }
}
#endif
