#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseNIO
import GatehouseTesting
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Synchronization
import Testing

/// Notes what comes through, and does something at one of the notes.
private final class Acting: ChannelInboundHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    enum Action: Sendable { case none, close, removeGuard, answer, answerUnsent }

    private let action: (Action, at: String)
    private let state = Mutex<(notes: [String], depth: Int)>(([], 0))

    init(_ action: Action, at note: String = "") { self.action = (action, note) }

    var notes: [String] { state.withLock { $0.notes } }

    private func note(_ note: String, _ context: ChannelHandlerContext) {
        state.withLock { state in
            state.notes.append(state.depth == 0 ? note : "\(note) within another")
            state.depth += 1
        }
        if note.hasPrefix(action.at) { act(context) }
        state.withLock { $0.depth -= 1 }
    }

    private func act(_ context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        switch action.0 {
        case .none: break
        case .close: context.close(promise: nil)
        case .removeGuard:
            if let handler = try? pipeline.handler(type: GuardHandler<PatientGuard>.self) {
                pipeline.removeHandler(handler, promise: nil)
            }
        case .answer, .answerUnsent:
            let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["content-length": "0"])
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.end(nil)), promise: nil)
            if action.0 == .answer { context.flush() }
        }
    }

    /// Sends the answers that were written meanwhile, as many handlers do.
    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): note("head \(head.uri)", context)
        case .body: note("body", context)
        case .end: note("end", context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? RequestAuthorized { note("authorized \(event.request.path)", context) }
        if let event = event as? ChannelEvent, event == .inputClosed { note("input closed", context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        state.withLock { $0.notes.append("inactive") }
        context.fireChannelInactive()
    }
}

@Suite("A channel handler loses no part of an accepted request, and changes no order")
struct GuardHandlerOrderTests {
    private let reads = ReadCounter()

    private func channel(_ patient: PatientGuard, _ acting: Acting) async throws -> NIOAsyncTestingChannel {
        let reads = reads
        let channel = NIOAsyncTestingChannel()
        try await channel.testingEventLoop.executeInContext {
            try channel.pipeline.syncOperations.addHandlers(reads, GuardHandler(patient, logger: .silent), acting)
        }
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1))
        return channel
    }

    private static func request(_ path: String, _ fields: HTTPHeaders = [:]) -> [HTTPServerRequestPart] {
        [
            .head(HTTPRequestHead(version: .http1_1, method: .POST, uri: path, headers: fields)),
            .body(ByteBuffer(string: "abc")), .end(nil),
        ]
    }

    private func send(_ parts: [HTTPServerRequestPart], over channel: NIOAsyncTestingChannel) async throws {
        for part in parts { try await channel.writeInbound(part) }
    }

    /// Decides, and waits for a note.
    private func settle(
        _ channel: NIOAsyncTestingChannel,
        _ patient: PatientGuard,
        _ acting: Acting,
        deciding isAllowed: Bool = true,
        _ isReached: ([String]) -> Bool
    ) async throws {
        try await eventually {
            patient.decide(isAllowed)
            await channel.testingEventLoop.run()
            return acting.notes
        } satisfies: {
            isReached($0)
        }
        await channel.testingEventLoop.run()
    }

    @Test("a handler that ends the connection when it learns of a request gets no head", arguments: [true, false])
    func closing(isAtHand: Bool) async throws {
        let patient = PatientGuard(atHand: isAtHand ? ["/a"] : [])
        let acting = Acting(.close, at: "authorized /a")
        let channel = try await channel(patient, acting)
        _ = try? await channel.writeInbound(Self.request("/a")[0])
        try await settle(channel, patient, acting) { $0.contains("inactive") }
        #expect(acting.notes == ["authorized /a", "inactive"])
    }

    @Test(
        "a guard that is removed at an accepted request passes the rest of the request on",
        arguments: [true, false],
        ["authorized /a", "head /a"]
    )
    func removing(isAtHand: Bool, note: String) async throws {
        let patient = PatientGuard(atHand: isAtHand ? ["/a"] : [])
        let acting = Acting(.removeGuard, at: note)
        let channel = try await channel(patient, acting)
        try await send(Self.request("/a"), over: channel)
        try await settle(channel, patient, acting) { $0.count >= 4 }
        #expect(
            acting.notes.map { $0.replacing(" within another", with: "") } == [
                "authorized /a", "head /a", "body", "end",
            ]
        )
        #expect(channel.isActive)
        _ = try await channel.finish()
    }

    @Test("a guard that is removed before its decision closes the connection")
    func removingUndecided() async throws {
        let patient = PatientGuard()
        let acting = Acting(.none)
        let channel = try await channel(patient, acting)
        try await channel.writeInbound(Self.request("/a")[0])
        for await _ in patient.asked.stream { break }
        try await channel.testingEventLoop.executeInContext {
            let pipeline = channel.pipeline.syncOperations
            pipeline.removeHandler(try pipeline.handler(type: GuardHandler<PatientGuard>.self), promise: nil)
        }
        await channel.testingEventLoop.run()
        #expect(!channel.isActive)
        #expect(acting.notes == ["inactive"])
    }

    @Test("a read that was held is passed on if the guard is removed")
    func removingWithRead() async throws {
        let patient = PatientGuard()
        let acting = Acting(.removeGuard, at: "head")
        let channel = try await channel(patient, acting)
        try await channel.writeInbound(Self.request("/a")[0])
        for await _ in patient.asked.stream { break }
        let before = reads.count.withLock(\.self)
        channel.read()
        try await settle(channel, patient, acting) { $0.contains("head /a") }
        #expect(reads.count.withLock(\.self) == before + 1)
        _ = try await channel.finish()
    }

    @Test("the client's end of its requests comes behind the requests", arguments: [true, false])
    func inputEnd(isAllowed: Bool) async throws {
        let patient = PatientGuard()
        let acting = Acting(.none)
        let channel = try await channel(patient, acting)
        try await send(Self.request("/a"), over: channel)
        for await _ in patient.asked.stream { break }
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        try await settle(channel, patient, acting, deciding: isAllowed) { $0.contains("input closed") }
        #expect(acting.notes == (isAllowed ? ["authorized /a", "head /a", "body", "end"] : []) + ["input closed"])
        _ = try await channel.finish()
    }

    @Test("a handler that answers at the head gets no part while it answers", arguments: [true, false])
    func answering(isAtHand: Bool) async throws {
        let patient = PatientGuard(atHand: isAtHand ? ["/a", "/b"] : ["/b"])
        let acting = Acting(.answer, at: "head")
        let channel = try await channel(patient, acting)
        try await send(Self.request("/a") + Self.request("/b"), over: channel)
        try await settle(channel, patient, acting) { $0.count == 8 }
        #expect(acting.notes == ["a", "b"].flatMap { ["authorized /\($0)", "head /\($0)", "body", "end"] })
        _ = try await channel.finish()
    }

    @Test("behind requests that were held comes the event at which handlers send their answers")
    func completing() async throws {
        let patient = PatientGuard(atHand: ["/b"])
        let acting = Acting(.answerUnsent, at: "head /b")
        let channel = try await channel(patient, acting)
        try await send(Self.request("/a") + Self.request("/b"), over: channel)
        try await settle(channel, patient, acting, deciding: false) { $0.last == "end" }
        #expect(acting.notes == ["authorized /b", "head /b", "body", "end"])
        var parts = 0
        while try await channel.readOutbound(as: HTTPServerResponsePart.self) != nil { parts += 1 }
        #expect(parts == 5)
        _ = try await channel.finish()
    }

    @Test(
        "the last refusal of a connection reaches a client that is still sending: the body is read first, for a while",
        arguments: [true, false],
        [HTTPHeaders([("connection", "close")]), ["expect": "100-continue"]]
    )
    func lastRefusal(isSent: Bool, fields: HTTPHeaders) async throws {
        let patient = PatientGuard()
        let acting = Acting(.none)
        let channel = try await channel(patient, acting)
        let request = Self.request("/a", fields)
        try await channel.writeInbound(request[0])
        var answers = 0
        try await eventually {
            patient.decide(false)
            await channel.testingEventLoop.run()
            while try await channel.readOutbound(as: HTTPServerResponsePart.self) != nil { answers += 1 }
            return answers
        } satisfies: {
            $0 >= 2
        }
        await channel.testingEventLoop.run()
        #expect(channel.isActive)
        #expect(reads.outputEnds.withLock(\.self) == 1)
        if isSent {
            _ = try? await channel.writeInbound(request[1])
            _ = try? await channel.writeInbound(request[2])
        } else {
            await channel.testingEventLoop.advanceTime(by: .seconds(60))
        }
        await channel.testingEventLoop.run()
        #expect(!channel.isActive)
        #expect(acting.notes == ["inactive"])
    }
}
#endif
