#if NIO
/// Limits of the requests that a ``GuardHandler`` takes.
public struct GuardLimits: Sendable, Hashable {
    /// The largest number of bytes of all names and values of a request's header fields. The answer to a larger request is 431.
    public var headerFieldBytes: Int
    /// The number of bytes of a refused request's body that are read and dropped before the connection is closed.
    public var droppedBodyBytes: Int

    /// Makes limits.
    public init(headerFieldBytes: Int = 32_768, droppedBodyBytes: Int = 1_048_576) {
        (self.headerFieldBytes, self.droppedBodyBytes) = (headerFieldBytes, droppedBodyBytes)
    }
}
#endif
