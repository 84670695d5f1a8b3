import GRPCCore
import GRPCNIOTransportHTTP2Posix
import GatehouseGRPC

extension Servers {
    /// Starts a server of unary calls.
    func startGRPC(isGuarded: Bool) async throws -> Int {
        let interceptors: [any ServerInterceptor] =
            isGuarded ? [GuardInterceptor(try rules("/billing.Invoices/Read"))] : []
        let server = GRPCServer(
            transport: .http2NIOPosix(address: .ipv4(host: "127.0.0.1", port: 0), transportSecurity: .plaintext),
            services: [InvoicesService()],
            interceptors: interceptors
        )
        Task {
            do { try await server.serve() } catch { print("a server ended: \(error)") }
        }
        guard let port = try await server.listeningAddress?.ipv4?.port else { throw Failure("a server has no port") }
        return port
    }
}

/// A client of the gRPC servers.
enum CallClient {
    private static let connections = 32

    /// Calls a server, as fast as it answers.
    ///
    /// - Returns: The number of calls.
    static func call(port: Int, token: String, seconds: Int) async throws -> Int {
        let metadata: Metadata = ["authorization": .string("Bearer \(token)")]
        let transport = try HTTP2ClientTransport.Posix(
            target: .ipv4(address: "127.0.0.1", port: port),
            transportSecurity: .plaintext
        )
        return try await withGRPCClient(transport: transport) { client in
            @Sendable func call() async throws {
                _ = try await client.unary(
                    request: ClientRequest(message: "7", metadata: metadata),
                    descriptor: InvoicesService.method,
                    serializer: TextSerializer(),
                    deserializer: TextSerializer(),
                    options: .defaults
                ) { try $0.message }
            }
            try await call()  // the connection is there
            let end = ContinuousClock.now + .seconds(seconds)
            return try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<connections {
                    group.addTask {
                        var count = 0
                        while ContinuousClock.now < end {
                            try await call()
                            count += 1
                        }
                        return count
                    }
                }
                return try await group.reduce(0, +)
            }
        }
    }
}

private struct InvoicesService: RegistrableRPCService {
    static let method = MethodDescriptor(fullyQualifiedService: "billing.Invoices", method: "Read")

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(
            forMethod: Self.method,
            deserializer: TextSerializer(),
            serializer: TextSerializer()
        ) { request, _ in
            for try await _ in request.messages {}
            return StreamingServerResponse(single: ServerResponse(message: "invoices"))
        }
    }
}

private struct TextSerializer: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: String) throws -> Bytes { Bytes(message.utf8) }
    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> String {
        bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}
