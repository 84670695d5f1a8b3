#if !NIO
// Names of this module as programs use them, so that the compiler says which trait they lack.

/// Decides for each request of an HTTP/1.1 connection.
@available(*, unavailable, message: "enable the trait NIO of the package gatehouse")
public final class GuardHandler<Guard> {
    public init(_ requestGuard: Guard, limits: Any? = nil) {}
}

/// Limits of the requests that a guard handler takes.
@available(*, unavailable, message: "enable the trait NIO of the package gatehouse")
public struct GuardLimits {
    public init(headerFieldBytes: Int = 0, droppedBodyBytes: Int = 0) {}
}

/// A mistake in how a guard handler was added.
@available(*, unavailable, message: "enable the trait NIO of the package gatehouse")
public struct GuardHandlerError {}

/// Tells handlers of the request whose head comes next.
@available(*, unavailable, message: "enable the trait NIO of the package gatehouse")
public struct RequestAuthorized {}
#endif
