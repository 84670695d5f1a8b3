/// An invalidation that other nodes may not have been told yet.
///
/// The transaction that causes the invalidation also stores it, so that neither a failing bus nor the end of the process keeps it from the
/// other nodes.
public struct UntoldInvalidation: Sendable, Hashable {
    /// The number in the order of arrival, unique in the store.
    public var number: Int64
    /// The invalidation.
    public var invalidation: Invalidation

    /// Makes an untold invalidation.
    public init(number: Int64, _ invalidation: Invalidation) {
        self.number = number
        self.invalidation = invalidation
    }
}
