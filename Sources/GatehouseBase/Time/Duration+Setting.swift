extension Duration {
    private static let units: [(name: String, length: Duration)] = [
        ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .seconds(60)), ("h", .seconds(3_600)),
        ("d", .seconds(86_400)),
    ]

    /// Reads a whole number of up to nine digits and its unit, such as `500ms`, `5s`, `10m`, `24h` or `7d`; `nil` for any other text.
    package init?(setting text: String) {
        let digits = text.prefix { ("0"..."9").contains($0) }
        let unit = text.dropFirst(digits.count)
        guard (1...9).contains(digits.utf8.count), let count = Int(digits),
            let length = Self.units.first(where: { $0.name == unit })?.length
        else { return nil }
        self = length * count  // at most 10^9 days, which is far from the end of a duration
    }
}
