#if NIO
/// How much of a request a ``GuardHandler`` puts up with.
public struct GuardLimits: Sendable, Hashable {
    /// How many bytes the names and values of a request's header fields may have together; beyond them the request is 431.
    public var headerFieldBytes: Int
    /// How many bytes of a refused request's body are read before the connection is closed.
    public var droppedBodyBytes: Int

    /// Makes limits.
    public init(headerFieldBytes: Int = 32_768, droppedBodyBytes: Int = 1_048_576) {
        (self.headerFieldBytes, self.droppedBodyBytes) = (headerFieldBytes, droppedBodyBytes)
    }
}
#endif
