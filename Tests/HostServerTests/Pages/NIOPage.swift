#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseClerk
import GatehouseNIO
import NIOCore
import NIOHTTP1
import NIOPosix

func serveOnNIO(_ clerk: ClerkAuthenticator, _ authorizer: Authorizer) async throws -> any Channel {
    let rules = RouteRules(
        try RouteRule("/health", requires: .public),
        try RouteRule("/invoices/**", methods: [.get], requires: .permission("org:invoices:read"))
    )
    let routes = RouteGuard(rules, by: clerk, authorizer)
    return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                try channel.pipeline.syncOperations.addHandler(GuardHandler(routes))
                try channel.pipeline.syncOperations.addHandler(Greeting())
            }
        }
        .bind(host: "127.0.0.1", port: 8080).get()
}

final class Greeting: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private var principal: Principal?

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let authorized = event as? RequestAuthorized { principal = authorized.request.principal }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        let body = context.channel.allocator.buffer(string: "Hello, \(principal?.id ?? "whoever you are")\n")
        let fields: HTTPHeaders = ["content-length": "\(body.readableBytes)"]
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}

/// The guard stands before NIO's upgrade handler, so that an upgrade such as WebSocket's is decided first.
func addHandlers(
    to channel: any Channel,
    upgradingBy upgrader: any HTTPServerProtocolUpgrader & Sendable,
    _ routes: RouteGuard<ClerkAuthenticator>
) throws {
    let pipeline = channel.pipeline.syncOperations
    try pipeline.configureHTTPServerPipeline(withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in }))
    let upgrading = try pipeline.handler(type: HTTPServerUpgradeHandler.self)
    try pipeline.addHandler(GuardHandler(routes), position: .before(upgrading))
    try pipeline.addHandler(Greeting())
}
#endif
