import NIOCore
import NIOHTTP1
import NIOPosix

extension Servers {
    /// Starts a server on SwiftNIO with one thread, and with these handlers before its own.
    func startNIO(_ handlers: @escaping @Sendable () -> [any ChannelHandler]) async throws -> Int {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandlers(handlers() + [InvoicesHandler()])
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return server.localAddress?.port ?? 0
    }
}

private final class InvoicesHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["content-length": "8"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let body = context.channel.allocator.buffer(string: "invoices")
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
