#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseNIO
import NIOCore
import NIOHTTP1
import NIOPosix

/// A server on SwiftNIO: `GuardHandler` before a handler that answers each request with who asks.
enum NIOHost {
    static func run(_ api: GuardedAPI, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        let requestGuard = try api.routeGuard()
        let logger = api.logger
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(GuardHandler(requestGuard, logger: logger))
                    try channel.pipeline.syncOperations.addHandler(NamingHandler(api))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(server.localAddress?.port ?? 0)
        } catch {
            try? await server.close()
            throw error
        }
        try await server.close()
    }
}

/// Answers each request with who asks, once its end has come.
private final class NamingHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let api: GuardedAPI
    private var answer = ""
    private var isHead = false

    init(_ api: GuardedAPI) { self.api = api }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let authorized = event as? RequestAuthorized { answer = api.handle(authorized.request) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): isHead = head.method == .HEAD
        case .body: break
        case .end:
            let head = HTTPResponseHead(
                version: .http1_1,
                status: .ok,
                headers: ["content-length": "\(answer.utf8.count)"]
            )
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            if !isHead {
                let body = context.channel.allocator.buffer(string: answer)
                context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
#endif
