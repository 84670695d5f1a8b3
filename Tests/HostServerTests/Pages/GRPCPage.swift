#if NIO && Hummingbird && FlyingFox && GRPC
import GRPCCore
import GatehouseClerk
import GatehouseGRPC

func serveCalls(
    over transport: some ServerTransport,
    _ invoices: any RegistrableRPCService,
    _ clerk: ClerkAuthenticator,
    _ authorizer: Authorizer
) async throws {
    let rules = RouteRules(
        try RouteRule("/grpc.health.v1.Health/*", requires: .public),
        try RouteRule("/billing.Invoices/Void", requires: .permission("org:invoices:void")),
        try RouteRule("/billing.Invoices/*", requires: .permission("org:invoices:read"))
    )
    let server = GRPCServer(
        transport: transport,
        services: [invoices],
        interceptors: [GuardInterceptor(RouteGuard(rules, by: clerk, authorizer))]
    )
    try await server.serve()  // a handler finds who asks in AuthorizationRequest.current?.principal
}
#endif
