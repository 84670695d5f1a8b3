extension SettingError {
    /// A hundred years and more: of longer times some cannot be multiplied.
    package static let longestTime = Duration.seconds(1 << 32)

    /// Checks that a setting is within its range.
    package static func require<Value: Comparable>(
        _ value: Value,
        in range: ClosedRange<Value>,
        _ setting: String
    ) throws(SettingError) {
        // No number is within any range, and so is refused.
        guard range.contains(value) else {
            throw SettingError(
                .outOfRange,
                setting,
                "must be from \(range.lowerBound) to \(range.upperBound), and is \(value)"
            )
        }
    }
}
