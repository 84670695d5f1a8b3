#if !NIO
// These stubs have the names that programs use, so that the compiler names the trait that the program lacks.

/// A channel handler that decides about each request of an HTTP/1.1 connection.
@available(*, unavailable, message: "enable the trait NIO of the package gatehouse")
public final class GuardHandler<Guard> {
    public init(_ requestGuard: Guard, limits: Any? = nil) {}
}

/// The limits of the requests that a guard handler takes.
@available(*, unavailable, message: "enable the trait NIO of the package gatehouse")
public struct GuardLimits {
    public init(headerFieldBytes: Int = 0, droppedBodyBytes: Int = 0) {}
}

/// A mistake in the place where a guard handler was added.
@available(*, unavailable, message: "enable the trait NIO of the package gatehouse")
public struct GuardHandlerError {}

/// An event that tells handlers about the request whose head comes next.
@available(*, unavailable, message: "enable the trait NIO of the package gatehouse")
public struct RequestAuthorized {}
#endif
