#if !GRPC
public import GatehouseHTTP

// Names of this module as programs use them, so that the compiler says which trait they lack.

/// Decides for each call of a gRPC server.
@available(*, unavailable, message: "enable the trait GRPC of the package gatehouse")
public struct GuardInterceptor<Guard> {
    public init(_ requestGuard: Guard, refusals: Refusals = Refusals()) {}
}
#endif
