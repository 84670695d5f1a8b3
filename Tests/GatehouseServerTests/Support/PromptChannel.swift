#if Server
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

@testable import GatehouseServer

/// A connection's channel up to the handlers that stand before Hummingbird, with simulated time. It belongs to one thread.
struct PromptChannel {
    let channel = EmbeddedChannel()

    init(_ responder: SidecarResponder) throws {
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try pipeline.addHandlers(responder.connectionHandlers())
    }

    /// Receives some bytes in one read.
    func receive(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }

    /// The bytes that were sent since the last call.
    func sent() throws -> String {
        var text = ""
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
        return text
    }

    /// The paths and bodies of requests that reached Hummingbird since the last call.
    func passedOn() throws -> [String] {
        var requests: [String] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) {
            switch part {
            case .head(let head): requests.append(head.path ?? "")
            case .body(let body): requests[requests.count - 1] += " " + String(buffer: body)
            case .end: requests[requests.count - 1] += "."
            }
        }
        return requests
    }

    /// Returns true if the connection is closed after so many seconds, and not a second earlier.
    func isClosed(afterSeconds seconds: Int64) -> Bool {
        channel.embeddedEventLoop.advanceTime(by: .seconds(seconds - 1))
        guard channel.isActive else { return false }
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        return !channel.isActive
    }

    /// Answers a request as Hummingbird does.
    func respond() throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .noContent)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }
}
#endif
