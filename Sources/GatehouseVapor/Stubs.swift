#if !Vapor
public import GatehouseHTTP

// Names of this module as programs use them, so that the compiler says which trait they lack.

/// Decides for each request of a Vapor application.
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
