import GatehouseNIO
import NIOCore
import NIOHTTP1
import NIOPosix

extension Servers {
    /// Starts a server on SwiftNIO with one thread.
    func startNIO(isGuarded: Bool) async throws -> Int {
        let rules = isGuarded ? try rules("/invoices") : nil
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    if let rules { try channel.pipeline.syncOperations.addHandler(GuardHandler(rules)) }
                    try channel.pipeline.syncOperations.addHandler(InvoicesHandler())
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
