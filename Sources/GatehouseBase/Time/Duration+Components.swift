extension Duration {
    /// Its `components`, held within 64-bit seconds: a longer one has none, and asking traps.
    package var clampedComponents: (seconds: Int64, attoseconds: Int64) {
        min(max(self, .seconds(Int64.min)), .seconds(Int64.max)).components
    }

    /// Its seconds with their fraction, to the precision of a double.
    package var fractionalSeconds: Double {
        let (seconds, attoseconds) = clampedComponents
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
