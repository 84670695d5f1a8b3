#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseNIO
import GatehouseTesting
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Synchronization
import Testing

/// Upgrades to a protocol that is bytes alone, and counts how often it did.
private final class BytesUpgrader: HTTPServerProtocolUpgrader, Sendable {
    let supportedProtocol = "bytes"
    let requiredUpgradeHeaders: [String] = []
    let upgrades = Mutex(0)

    func buildUpgradeResponse(
        channel: any Channel,
        upgradeRequest: HTTPRequestHead,
        initialResponseHeaders: HTTPHeaders
    ) -> EventLoopFuture<HTTPHeaders> {
        upgrades.withLock { $0 += 1 }
        return channel.eventLoop.makeSucceededFuture(initialResponseHeaders)
    }

    func upgrade(context: ChannelHandlerContext, upgradeRequest: HTTPRequestHead) -> EventLoopFuture<Void> {
        let pipeline = context.pipeline.syncOperations
        return context.eventLoop.makeCompletedFuture {
            let answering = try pipeline.handler(type: Answering.self)
            try pipeline.addHandler(Collector(), position: .after(answering))
            pipeline.removeHandler(answering, promise: nil)
        }
    }
}

/// Collects bytes.
private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private(set) var text = ""

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { text += String(buffer: unwrapInboundIn(data)) }
}

/// Answers each request at once.
private final class Answering: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["content-length": "0"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}

/// Keeps the errors that come through.
private final class ErrorRecorder: ChannelInboundHandler, Sendable {
    typealias InboundIn = Any
    let errors = Mutex<[String]>([])

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        errors.withLock { $0.append("\(error)") }
    }
}

@Suite("A channel handler decides upgrades too")
struct GuardHandlerUpgradeTests {
    private let upgrader = BytesUpgrader()
    private let errors = ErrorRecorder()

    /// A server's channel of bytes; the guard stands before the upgrade handler or behind it.
    private func channel(isBefore: Bool) async throws -> NIOAsyncTestingChannel {
        let requestGuard = try GuardedAPI().routeGuard()
        let (upgrader, errors) = (upgrader, errors)
        let channel = NIOAsyncTestingChannel()
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1))
        try await channel.testingEventLoop.executeInContext {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(
                withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in })
            )
            let upgrading = try pipeline.handler(type: HTTPServerUpgradeHandler.self)
            if isBefore {
                try pipeline.addHandler(GuardHandler(requestGuard, logger: .silent), position: .before(upgrading))
                try pipeline.addHandlers(Answering(), errors)
            } else {
                try pipeline.addHandler(errors)
                try pipeline.addHandler(GuardHandler(requestGuard, logger: .silent), position: .before(errors))
            }
        }
        return channel
    }

    private func request(
        _ caller: Caller,
        _ target: String = "/me",
        _ connection: String = "Connection: keep-alive, Upgrade\r\n"
    ) throws -> String {
        let credential = try caller.token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        return "GET \(target) HTTP/1.1\r\nHost: a\r\n\(connection)Upgrade: bytes\r\n\(credential)\r\n"
    }

    /// The bytes that the server sent, once they have as many answers as asked for, or the connection has ended.
    private func answers(_ channel: NIOAsyncTestingChannel, _ count: Int) async throws -> String {
        var text = ""
        var answers = 0
        return try await eventually {
            await channel.testingEventLoop.run()
            while let bytes = try await channel.readOutbound(as: ByteBuffer.self) {
                let part = String(buffer: bytes)
                if part.hasPrefix("HTTP/1.1 ") { answers += 1 }
                text += part
            }
            return text
        } satisfies: { _ in
            answers >= count || !channel.isActive
        }
    }

    private func collected(_ channel: NIOAsyncTestingChannel) async throws -> String? {
        await channel.testingEventLoop.run()
        return try await channel.testingEventLoop.executeInContext {
            try? channel.pipeline.syncOperations.handler(type: Collector.self).text
        }
    }

    @Test("an upgrade by nobody is refused, and ends the connection, since no request is read behind")
    func refused() async throws {
        let channel = try await channel(isBefore: true)
        try await channel.writeInbound(ByteBuffer(string: try request(.nobody) + "the bytes"))
        #expect(try await answers(channel, 1).hasPrefix("HTTP/1.1 401 "))
        await channel.testingEventLoop.run()
        #expect(!channel.isActive)
        #expect(upgrader.upgrades.withLock(\.self) == 0)
    }

    @Test("an upgrade by a member goes on, and no byte behind the request is lost", arguments: [true, false])
    func upgraded(inOnePacket: Bool) async throws {
        let channel = try await channel(isBefore: true)
        let request = try request(.member)
        try await channel.writeInbound(ByteBuffer(string: request + (inOnePacket ? "the bytes" : "")))
        #expect(try await answers(channel, 1).hasPrefix("HTTP/1.1 101 "))
        if !inOnePacket { try await channel.writeInbound(ByteBuffer(string: "the bytes")) }
        try await channel.writeInbound(ByteBuffer(string: ", and more"))
        #expect(try await collected(channel) == "the bytes, and more")
        #expect(upgrader.upgrades.withLock(\.self) == 1)
        _ = try? await channel.finish()
    }

    @Test("a request that cannot upgrade is answered like a request that does not ask to")
    func otherProtocol() async throws {
        let channel = try await channel(isBefore: true)
        let text = try request(.member).replacing("Upgrade: bytes", with: "Upgrade: unknown")
        try await channel.writeInbound(ByteBuffer(string: text + "the bytes"))
        let answer = try await answers(channel, 1)
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        #expect(upgrader.upgrades.withLock(\.self) == 0)
        // The decoder gives up what it did not read: bytes, which are no request.
        _ = try? await channel.finish()
    }

    @Test("a guard behind NIO's upgrade handler closes the connection, and says why")
    func behind() async throws {
        let channel = try await channel(isBefore: false)
        _ = try? await channel.writeInbound(ByteBuffer(string: try request(.nobody)))
        await channel.testingEventLoop.run()
        #expect(!channel.isActive)
        #expect(upgrader.upgrades.withLock(\.self) == 0)
        #expect(errors.errors.withLock(\.self).contains { $0.contains("behind-upgrade-handler") })
    }

    @Test(
        "thousands of requests behind one that is decided at once, accepted later or refused take no deeper a stack than one",
        arguments: [("/pages/a", Caller.nobody), ("/me", .member), ("/me", .nobody)],
        [("/pages/a", 200), ("/me", 401)]
    )
    func manyRequests(first: (path: String, caller: Caller), others: (path: String, status: Int)) async throws {
        let count = 20_000
        let requestGuard = try GuardedAPI().routeGuard()
        let channel = NIOAsyncTestingChannel()
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1))
        try await channel.testingEventLoop.executeInContext {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline()
            try pipeline.addHandlers(GuardHandler(requestGuard, logger: .silent), Answering())
        }
        let credential = try first.caller.token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let request = "GET \(first.path) HTTP/1.1\r\nHost: a\r\n\(credential)\r\n"
        let further = String(repeating: "GET \(others.path) HTTP/1.1\r\nHost: a\r\n\r\n", count: count)
        try await channel.writeInbound(ByteBuffer(string: request + further))
        let text = try await answers(channel, count + 1)
        #expect(text.ranges(of: "HTTP/1.1 ").count == count + 1)
        #expect(text.ranges(of: "HTTP/1.1 \(others.status) ").count >= count)
        _ = try? await channel.finish()
    }
}
#endif
