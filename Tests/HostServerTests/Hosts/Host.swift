#if NIO && Hummingbird && FlyingFox && GRPC
/// The servers that speak HTTP/1.1 and have an adapter.
enum Host: String, CaseIterable, Sendable {
    case nio, hummingbird, flyingFox
    #if Vapor
    case vapor
    #endif

    /// Runs a server with the guarded routes on a free port of loopback for as long as the body takes.
    func run(_ api: GuardedAPI, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        switch self {
        case .nio: try await NIOHost.run(api, body)
        case .hummingbird: try await HummingbirdHost.run(api, body)
        case .flyingFox: try await FlyingFoxHost.run(api, body)
        #if Vapor
        case .vapor: try await VaporHost.run(api, body)
        #endif
        }
    }
}
#endif
