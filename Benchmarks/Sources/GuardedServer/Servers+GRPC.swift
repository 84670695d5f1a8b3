import GRPCCore
import GRPCInProcessTransport
import GatehouseGRPC

extension Servers {
    /// Makes unary calls one after another for a second, to a server within the process.
    func runCalls(isGuarded: Bool) async throws -> Load.Outcome {
        let transport = InProcessTransport()
        let interceptors: [any ServerInterceptor] =
            isGuarded ? [GuardInterceptor(try rules("/billing.Invoices/Read"))] : []
        let metadata: Metadata = ["authorization": .string("Bearer \(token)")]
        let method = MethodDescriptor(fullyQualifiedService: "billing.Invoices", method: "Read")
        return try await withGRPCServer(
            transport: transport.server,
            services: [InvoicesService(method: method)],
            interceptors: interceptors
        ) { _ in
            try await withGRPCClient(transport: transport.client) { client in
                let start = ContinuousClock.now
                var count = 0.0
                while ContinuousClock.now - start < .seconds(1) {
                    _ = try await client.unary(
                        request: ClientRequest(message: "7", metadata: metadata),
                        descriptor: method,
                        serializer: TextSerializer(),
                        deserializer: TextSerializer(),
                        options: .defaults
                    ) { try $0.message }
                    count += 1
                }
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                return Load.Outcome(requestsPerSecond: count / seconds, processorTime: seconds * 1e6 / count)
            }
        }
    }
}

private struct InvoicesService: RegistrableRPCService {
    let method: MethodDescriptor

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(
            forMethod: method,
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
