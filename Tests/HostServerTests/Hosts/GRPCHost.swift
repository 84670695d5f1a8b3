#if NIO && Hummingbird && FlyingFox && GRPC
import GRPCCore
import GRPCInProcessTransport
import GatehouseGRPC

#if GRPCSockets
import GRPCNIOTransportHTTP2Posix
#endif

/// A gRPC server, by what carries its calls.
enum GRPCHost: String, CaseIterable, Sendable {
    case inProcess
    #if GRPCSockets
    case socket
    #endif

    /// Makes a call to a method of `billing.Invoices`, and gives its one answer.
    typealias Call = @Sendable (_ method: String, _ metadata: Metadata) async throws -> Result<String, RPCError>

    /// Runs a server whose methods answer with who asks, for as long as the body takes.
    func run(
        _ api: GuardedAPI,
        _ rules: RouteRules,
        _ body: @escaping @Sendable (Call) async throws -> Void
    ) async throws {
        let interceptor = GuardInterceptor(try api.routeGuard(rules), logger: api.logger)
        switch self {
        case .inProcess:
            let transport = InProcessTransport()
            try await withGRPCServer(
                transport: transport.server,
                services: [NamingService()],
                interceptors: [interceptor]
            ) { _ in try await Self.call(over: transport.client, body) }
        #if GRPCSockets
        case .socket:
            try await withGRPCServer(
                transport: .http2NIOPosix(
                    address: .ipv4(host: "127.0.0.1", port: 0),
                    transportSecurity: .plaintext
                ),
                services: [NamingService()],
                interceptors: [interceptor]
            ) { server in
                guard let port = try await server.listeningAddress?.ipv4?.port else {
                    throw RPCError(code: .unavailable, message: "the server has no port")
                }
                let transport = try HTTP2ClientTransport.Posix(
                    target: .ipv4(address: "127.0.0.1", port: port),
                    transportSecurity: .plaintext
                )
                try await Self.call(over: transport, body)
            }
        #endif
        }
    }

    private static func call(
        over transport: some ClientTransport,
        _ body: @escaping @Sendable (Call) async throws -> Void
    ) async throws {
        try await withGRPCClient(transport: transport) { client in
            try await body { method, metadata in
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
}

private struct TextSerializer: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: String) throws -> Bytes { Bytes(message.utf8) }
    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> String {
        bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}

/// A service whose methods answer with who asks, before and while they answer.
private struct NamingService: RegistrableRPCService {
    static let methods = [
        "Health", "Read", "Void", "Undecided", "Unlisted", "Throwing", "StepUp", "Mistaken", "Misconfigured", "Down",
    ].map {
        MethodDescriptor(fullyQualifiedService: "billing.Invoices", method: $0)
    }

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        for method in Self.methods {
            router.registerHandler(
                forMethod: method,
                deserializer: TextSerializer(),
                serializer: TextSerializer()
            ) { _, _ in
                switch method.method {
                case "Throwing": throw AccessError(.forbidden, "not this one")
                case "Mistaken": throw AuthorizerError(.unknownRole, "x")
                case "Misconfigured": throw AuthorizerError(.noStore)
                case "Down": throw AuthorizerError(.sourceFailed, "x")
                default: break
                }
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
#endif
