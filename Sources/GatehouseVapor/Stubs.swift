#if !Vapor
public import GatehouseHTTP

// These stubs have the names that programs use, so that the compiler names the trait that the program lacks.

/// A middleware that decides about each request of a Vapor application.
@available(*, unavailable, message: "enable the trait Vapor of the package gatehouse")
public struct GuardMiddleware<Guard> {
    public init(_ requestGuard: Guard, refusals: Refusals = Refusals()) {}
}

extension HostReading {
    /// The way in which Vapor's router reads paths.
    @available(*, unavailable, message: "enable the trait Vapor of the package gatehouse")
    public static var vapor: Self { [] }
}
#endif
