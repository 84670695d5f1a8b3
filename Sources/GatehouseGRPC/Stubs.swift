#if !GRPC
public import GatehouseHTTP

// These stubs have the names that programs use, so that the compiler names the trait that the program lacks.

/// An interceptor that decides about each call of a gRPC server.
@available(*, unavailable, message: "enable the trait GRPC of the package gatehouse")
public struct GuardInterceptor<Guard> {
    public init(_ requestGuard: Guard, refusals: Refusals = Refusals()) {}
}
#endif
