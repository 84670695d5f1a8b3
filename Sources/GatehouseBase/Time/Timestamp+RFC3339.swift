extension Timestamp: CustomStringConvertible {
    /// Reads a time such as `2026-01-31T12:00:00.5+01:00` (RFC 3339 section 5.6); `nil` for any other text. Digits beyond nanoseconds are
    /// dropped. A leap second, which ends the last day of June or December in UTC, becomes the first second of the next day.
    public init?(rfc3339 text: String) {
        var reader = Reader(bytes: Array(text.utf8))
        guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2, in: 1...12),
            reader.skip("-"), let day = reader.digits(2, in: 1...Self.days(inMonth: month, of: year)),
            reader.skip("Tt"), let hour = reader.digits(2, in: 0...23), reader.skip(":"),
            let minute = reader.digits(2, in: 0...59), reader.skip(":"), let second = reader.digits(2, in: 0...60),
            let nanoseconds = reader.fraction(), let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        let days = Self.days(before: year, month: month, day: day)
        let local = days * 86_400 + hour * 3_600 + minute * 60 + second
        if second == 60, !Self.mayBeginAfterLeapSecond(local - offset) { return nil }
        self.init(seconds: Int64(local - offset), nanoseconds: Int32(nanoseconds))
    }

    /// Returns true if a leap second may precede this second: only at the end of 30 June and 31 December, UTC (RFC 3339 section 5.7).
    private static func mayBeginAfterLeapSecond(_ second: Int) -> Bool {
        let days = Int64(second).flooredQuotient(by: 86_400)
        guard days * 86_400 == second else { return false }
        let date = date(onDay: Int(days))
        return date.day == 1 && (date.month == 1 || date.month == 7)
    }

    /// The instant in RFC 3339, in UTC, with as many digits of a second as the instant has.
    public var description: String {
        let days = Int(seconds.flooredQuotient(by: 86_400))
        let (year, month, day) = Self.date(onDay: days)
        let time = Int(seconds) - days * 86_400
        var text = "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))T"
        text += "\((time / 3_600).padded(2)):\((time / 60 % 60).padded(2)):\((time % 60).padded(2))"
        if nanoseconds > 0 {
            var fraction = Int(nanoseconds).padded(9)
            while fraction.utf8.last == UInt8(ascii: "0") { fraction.removeLast() }
            text += "." + fraction
        }
        return text + "Z"
    }

    // These methods count in the proleptic Gregorian calendar, in eras of 400 years that begin on 1 March, so that the leap day comes last.

    private static func days(before year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = Int(Int64(shifted).flooredQuotient(by: 400))
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(onDay days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = Int(Int64(shifted).flooredQuotient(by: 146_097))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeapYear ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}

private struct Reader {
    let bytes: [UInt8]
    var index = 0

    var isAtEnd: Bool { index == bytes.count }

    mutating func skip(_ choices: String) -> Bool {
        guard index < bytes.count, choices.utf8.contains(bytes[index]) else { return false }
        index += 1
        return true
    }

    mutating func digits(_ count: Int, in range: ClosedRange<Int> = 0...9_999) -> Int? {
        guard index + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<(index + count)] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        index += count
        return range.contains(value) ? value : nil
    }

    /// Reads the nanoseconds of an optional fraction; `nil` if no digit follows the point.
    mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        guard var nanoseconds = digits(1) else { return nil }
        var read = 1
        while let digit = digits(1) {
            read += 1
            if read <= 9 { nanoseconds = nanoseconds * 10 + digit }
        }
        for _ in min(read, 9)..<9 { nanoseconds *= 10 }
        return nanoseconds
    }

    /// Reads the offset in seconds east of UTC; `nil` if the text has no offset.
    mutating func offset() -> Int? {
        if skip("Zz") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = digits(2, in: 0...23), skip(":"), let minutes = digits(2, in: 0...59)
        else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}

extension Int64 {
    /// Returns the quotient rounded towards minus infinity, for a positive divisor.
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self + 1) / divisor - 1
    }
}

extension Int {
    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
