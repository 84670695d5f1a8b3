#if NIO
/// A state of a ``GuardHandler``, by which the handler holds, passes on or drops the next part.
///
/// The type stands outside the handler, since a type within a generic class is looked up at run time.
enum GuardState {
    /// The next part is a head.
    case idle
    /// The guard decides about a head, and the handler holds the head.
    case deciding(Task<Void, Never>)
    /// The parts of an accepted request go on.
    case forwarding
    /// The parts of a refused request are dropped. The value is the number of dropped bytes of the body so far.
    case dropping(Int)
    /// Like `dropping`, for the last request of the connection, which ends behind the request.
    case finishing(Int)
    /// The connection speaks another protocol, and everything passes.
    case passing
    /// The connection has ended or is about to end, and nothing passes.
    case ended
}
#endif
