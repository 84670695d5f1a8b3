extension Duration {
    /// The components of the duration, limited to 64-bit seconds. `components` of a longer duration traps.
    package var clampedComponents: (seconds: Int64, attoseconds: Int64) {
        min(max(self, .seconds(Int64.min)), .seconds(Int64.max)).components
    }

    /// The duration in seconds with a fraction, to the precision of a double.
    package var fractionalSeconds: Double {
        let (seconds, attoseconds) = clampedComponents
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
