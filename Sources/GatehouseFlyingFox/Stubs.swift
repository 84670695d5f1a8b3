#if !FlyingFox
public import GatehouseHTTP

// These stubs have the names that programs use, so that the compiler names the trait that the program lacks.

/// A handler that decides about each request of a FlyingFox server.
@available(*, unavailable, message: "enable the trait FlyingFox of the package gatehouse")
public struct GuardedHandler<Handler, Guard> {
    public init(_ handler: Handler, _ requestGuard: Guard, refusals: Refusals = Refusals()) {}
}

extension HostReading {
    /// The way in which FlyingFox's routes read paths.
    @available(*, unavailable, message: "enable the trait FlyingFox of the package gatehouse")
    public static var flyingFox: Self { [] }
}
#endif
