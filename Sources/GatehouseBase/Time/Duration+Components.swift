extension Duration {
    /// Its `components`, held within 64-bit seconds: a longer one has none, and asking traps.
    package var clampedComponents: (seconds: Int64, attoseconds: Int64) {
        min(max(self, .seconds(Int64.min)), .seconds(Int64.max)).components
    }
}
