#if AsyncHTTPClient
import NIOCore
import NIOPosix

/// A server that answers the bytes it is told to, HTTP or not, on a free port of the loopback.
struct RawServer {
    /// What to do with a connection, once its request's head has come.
    enum Answer: Sendable {
        /// Writes this text and closes.
        case text(String)
        /// Writes this text, and then nothing more, keeping the connection open.
        case stall(after: String)
        /// Writes this head, and then body without end.
        case endless(after: String)
        /// Closes at once.
        case close
    }

    private let channel: any Channel

    /// The address, with this path.
    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)\(path)" }

    static func run<Value>(_ answer: Answer, _ body: (RawServer) async throws -> Value) async throws -> Value {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let value: Value
        do {
            value = try await body(RawServer(channel: channel))
        } catch {
            try? await channel.close()
            throw error
        }
        try await channel.close()
        return value
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let answer: Answer

        init(_ answer: Answer) {
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch answer {
            case .close: context.close(promise: nil)
            case .stall(let text): write(text, context: context)
            case .text(let text):
                write(text, context: context)
                context.close(promise: nil)
            case .endless(let head):
                write(head, context: context)
                writeMore(context: context)
            }
        }

        private func write(_ text: String, context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }

        /// One block after another, each when the one before is out, until the client goes away.
        private func writeMore(context: ChannelHandlerContext) {
            let block = ByteBuffer(repeating: UInt8(ascii: "x"), count: 16_384)
            let written = context.writeAndFlush(wrapOutboundOut(block))
            written.assumeIsolated().whenSuccess { self.writeMore(context: context) }
        }
    }
}
#endif
