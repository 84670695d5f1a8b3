#if NIO && Hummingbird && FlyingFox && GRPC
import GRPCCore
import GRPCInProcessTransport
import GatehouseGRPC
import Testing

private struct TextSerializer: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: String) throws -> Bytes { Bytes(message.utf8) }
    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> String {
        bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}

/// A service whose methods answer with who asks, before and while they answer.
private struct NamingService: RegistrableRPCService {
    static let methods = ["Health", "Read", "Void", "Undecided", "Unlisted", "Throwing", "StepUp"].map {
        MethodDescriptor(fullyQualifiedService: "billing.Invoices", method: $0)
    }

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        for method in Self.methods {
            router.registerHandler(
                forMethod: method,
                deserializer: TextSerializer(),
                serializer: TextSerializer()
            ) { _, _ in
                if method.method == "Throwing" { throw AccessError(.forbidden, "not this one") }
                let early = AuthorizationRequest.current?.principal?.id ?? "nobody"
                return StreamingServerResponse { writer in
                    let late = AuthorizationRequest.current?.principal?.id ?? "nobody"
                    try await writer.write(early + late)
                    return [:]
                }
            }
        }
    }
}

@Suite("gRPC calls are decided by service and method")
struct GuardInterceptorTests {
    private func call(
        _ method: String,
        _ metadata: Metadata,
        _ api: GuardedAPI
    ) async throws -> Result<String, RPCError> {
        let rules = RouteRules(
            try RouteRule("/billing.Invoices/Health", requires: .public),
            try RouteRule("/billing.Invoices/Read", requires: .permission("org:invoices:read")),
            try RouteRule("/billing.Invoices/Void", requires: .permission("org:invoices:void")),
            try RouteRule("/billing.Invoices/Undecided", requires: .custom("down") { _ in .unavailable("down") }),
            try RouteRule("/billing.Invoices/Throwing", requires: .authenticated),
            try RouteRule("/billing.Invoices/StepUp", requires: .factor(.strict))
        )
        let transport = InProcessTransport()
        let interceptor = GuardInterceptor(try api.routeGuard(rules))
        return try await withGRPCServer(
            transport: transport.server,
            services: [NamingService()],
            interceptors: [interceptor]
        ) { _ in
            try await withGRPCClient(transport: transport.client) { client in
                do {
                    return .success(
                        try await client.unary(
                            request: ClientRequest(message: "x", metadata: metadata),
                            descriptor: MethodDescriptor(fullyQualifiedService: "billing.Invoices", method: method),
                            serializer: TextSerializer(),
                            deserializer: TextSerializer(),
                            options: .defaults
                        ) { try $0.message }
                    )
                } catch let error as RPCError {
                    return .failure(error)
                }
            }
        }
    }

    @Test(
        "with the status that gRPC has for a refusal",
        arguments: [
            (.nobody, "Health", nil, "nobodynobody"), (.forged, "Health", nil, "nobodynobody"),
            (.nobody, "Read", .unauthenticated, ""), (.member, "Read", nil, "membermember"),
            (.expired, "Read", .unauthenticated, ""), (.forged, "Read", .unauthenticated, ""),
            (.member, "Void", .permissionDenied, ""), (.admin, "Void", nil, "adminadmin"),
            (.member, "Undecided", .unavailable, ""), (.nobody, "Unlisted", .unauthenticated, ""),
            (.admin, "Unlisted", .permissionDenied, ""), (.admin, "Throwing", .permissionDenied, ""),
            (.nobody, "Missing", .unimplemented, ""), (.member, "StepUp", .permissionDenied, ""),
            (.stepped, "StepUp", nil, "steppedstepped"),
        ] as [(Caller, String, RPCError.Code?, String)]
    )
    func calls(caller: Caller, method: String, code: RPCError.Code?, answer: String) async throws {
        var metadata = Metadata()
        if let token = try caller.token { metadata.addString("Bearer \(token)", forKey: "authorization") }
        switch try await call(method, metadata, try GuardedAPI()) {
        case .success(let text): #expect(code == nil && text == answer)
        case .failure(let error):
            #expect(error.code == code)
            if error.code == .unauthenticated {
                #expect(Array(error.metadata[stringValues: "www-authenticate"]).count == 1)
            }
        }
    }

    @Test("two credentials, and one that is binary, are none")
    func odd() async throws {
        let token = try #require(try Caller.member.token)
        var two = Metadata()
        for _ in 1...2 { two.addString("Bearer \(token)", forKey: "authorization") }
        var binary = Metadata()
        binary.addBinary(Array("Bearer \(token)".utf8), forKey: "authorization-bin")
        var pseudo: Metadata = [":path": "/billing.Invoices/Health", ":authorization": "Bearer \(token)"]
        pseudo.addString("admin", forKey: "x-gatehouse-user")
        for metadata in [two, binary, pseudo] {
            guard case .failure(let error) = try await call("Read", metadata, try GuardedAPI()) else {
                Issue.record("a call goes on without a credential")
                continue
            }
            #expect(error.code == .unauthenticated)
        }
    }
}
#endif
