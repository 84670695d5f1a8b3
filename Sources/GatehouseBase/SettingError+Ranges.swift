extension SettingError {
    /// The longest time that a setting accepts, more than a hundred years. The multiplication of a longer time may overflow.
    package static let longestTime = Duration.seconds(1 << 32)

    /// Checks that a setting is within its range.
    package static func require<Value: Comparable>(
        _ value: Value,
        in range: ClosedRange<Value>,
        _ setting: String
    ) throws(SettingError) {
        // A NaN is outside every range, and so is refused.
        guard range.contains(value) else {
            throw SettingError(
                .outOfRange,
                setting,
                "must be from \(range.lowerBound) to \(range.upperBound), and is \(value)"
            )
        }
    }
}
