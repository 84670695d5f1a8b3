/// Something that is no longer to be believed, and that other nodes may not have been told yet.
///
/// It stands in the store from the transaction on that took something away, so that neither a bus that fails nor the end of the process
/// keeps it from the others.
public struct UntoldInvalidation: Sendable, Hashable {
    /// Its place in the order in which they came; no other has the same.
    public var number: Int64
    /// The invalidation.
    public var invalidation: Invalidation

    /// Makes one.
    public init(number: Int64, _ invalidation: Invalidation) {
        self.number = number
        self.invalidation = invalidation
    }
}
