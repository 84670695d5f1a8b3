#if !FlyingFox
public import GatehouseHTTP

// Names of this module as programs use them, so that the compiler says which trait they lack.

/// Decides for each request of a FlyingFox server.
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
