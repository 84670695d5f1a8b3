#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseNIO
import GatehouseTesting
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Synchronization
import Testing

/// Keeps what comes through, and counts what is read.
private final class Recorder: ChannelInboundHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    let parts = Mutex<[String]>([])

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let name =
            switch unwrapInboundIn(data) {
            case .head(let head): "head \(head.uri)"
            case .body(let bytes): "body \(bytes.readableBytes)"
            case .end: "end"
            }
        parts.withLock { $0.append(name) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is RequestAuthorized { parts.withLock { $0.append("authorized") } }
    }
}

@Suite("A channel handler holds a request while its guard decides")
struct GuardHandlerTests {
    private let patient = PatientGuard()
    private let recorder = Recorder()
    private let reads = ReadCounter()

    private func channel(_ limits: GuardLimits = GuardLimits()) async throws -> NIOAsyncTestingChannel {
        let (patient, recorder, reads) = (patient, recorder, reads)
        let channel = NIOAsyncTestingChannel()
        try await channel.testingEventLoop.executeInContext {
            try channel.pipeline.syncOperations.addHandlers(
                reads,
                GuardHandler(patient, limits: limits, logger: .silent),
                recorder
            )
        }
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1))
        return channel
    }

    private static func head(_ path: String, _ method: HTTPMethod = .GET, _ fields: HTTPHeaders = [:])
        -> HTTPServerRequestPart
    {
        .head(HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: fields))
    }

    private var parts: [String] { recorder.parts.withLock(\.self) }

    @Test("no part comes through, and no more is read, before the decision")
    func holding() async throws {
        let channel = try await channel()
        for part in [Self.head("/a", .POST), .body(ByteBuffer(string: "abc")), .end(nil)] {
            try await channel.writeInbound(part)
        }
        for await _ in patient.asked.stream { break }
        #expect(parts.isEmpty)
        let before = reads.count.withLock(\.self)
        channel.read()
        await channel.testingEventLoop.run()
        #expect(reads.count.withLock(\.self) == before)
        patient.decide(true)
        try await settle(channel) { parts.count == 4 }
        #expect(parts == ["authorized", "head /a", "body 3", "end"])
        #expect(reads.count.withLock(\.self) == before + 1)
        _ = try await channel.finish()
    }

    @Test("the next request waits for the answer to the one before")
    func pipelining() async throws {
        let channel = try await channel()
        for part in [Self.head("/a"), .end(nil), Self.head("/b"), .end(nil)] { try await channel.writeInbound(part) }
        patient.decide(true)
        try await settle(channel) {
            patient.decide(true)
            return parts.count == 3
        }
        #expect(parts == ["authorized", "head /a", "end"])
        try await channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        try await channel.writeOutbound(HTTPServerResponsePart.end(nil))
        try await settle(channel) {
            patient.decide(true)
            return parts.count == 6
        }
        #expect(parts.suffix(3) == ["authorized", "head /b", "end"])
        _ = try await channel.finish()
    }

    @Test("a connection that ends ends the decision")
    func closing() async throws {
        let channel = try await channel()
        try await channel.writeInbound(Self.head("/a"))
        for await _ in patient.asked.stream { break }
        try await channel.close()
        for await _ in patient.cancelled.stream { break }
        #expect(parts.isEmpty)
    }

    @Test("a refused request's body is dropped, up to its limit")
    func dropping() async throws {
        let channel = try await channel(GuardLimits(droppedBodyBytes: 4))
        try await channel.writeInbound(Self.head("/a", .POST, ["content-length": "6"]))
        try await settle(channel) {
            patient.decide(false)
            return try await channel.readOutbound(as: HTTPServerResponsePart.self) != nil
        }
        try await channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(string: "abc")))
        #expect(channel.isActive)
        _ = try? await channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(string: "def")))
        await channel.testingEventLoop.run()
        #expect(!channel.isActive)
        #expect(parts.isEmpty)
    }

    @Test(
        "no part comes through behind a refused request that was the last, or that the decoder refused",
        arguments: [true, false]
    )
    func ending(isRefusedByDecoder: Bool) async throws {
        let channel = try await channel()
        for part in [Self.head("/a", .GET, ["connection": "close"]), .end(nil), Self.head("/b"), .end(nil)] {
            try await channel.writeInbound(part)
        }
        for await _ in patient.asked.stream { break }
        if isRefusedByDecoder {
            channel.pipeline.fireErrorCaught(HTTPParserError.invalidChunkSize)
            for await _ in patient.cancelled.stream { break }
        } else {
            patient.decide(false)
        }
        var answers = 0
        try await settle(channel) {
            while let part = try await channel.readOutbound(as: HTTPServerResponsePart.self) {
                if case .head = part { answers += 1 }
            }
            patient.decide(true)
            return isRefusedByDecoder || !channel.isActive
        }
        #expect(answers == (isRefusedByDecoder ? 0 : 1))
        #expect(parts.isEmpty)
    }

    @Test("all bytes pass once another protocol is spoken")
    func upgrading() async throws {
        let channel = try await channel()
        try await channel.writeInbound(Self.head("/socket", .GET, ["upgrade": "websocket", "connection": "upgrade"]))
        try await channel.writeInbound(HTTPServerRequestPart.end(nil))
        try await settle(channel) {
            patient.decide(true)
            return parts.count == 3
        }
        let head = HTTPResponseHead(version: .http1_1, status: .switchingProtocols)
        try await channel.writeOutbound(HTTPServerResponsePart.head(head))
        try await channel.writeOutbound(ByteBuffer(string: "frame"))
        _ = try await channel.readOutbound(as: HTTPServerResponsePart.self)
        #expect(try await channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(string: "frame"))
        _ = try await channel.finish()
    }

    /// Lets tasks and the loop run until something holds.
    private func settle(_ channel: NIOAsyncTestingChannel, _ condition: () async throws -> Bool) async throws {
        var isReached = false
        try await eventually {
            await channel.testingEventLoop.run()
            isReached = try await condition()
            return parts
        } satisfies: { _ in
            isReached
        }
    }
}
#endif
