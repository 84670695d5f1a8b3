#if NIO && Hummingbird && FlyingFox && GRPC
import NIOCore
import NIOPosix

/// Answers of a server, as they came over a connection.
struct RawAnswer: Sendable {
    let status: Int
    /// Names in lower case, in their order.
    let fields: [(name: String, value: String)]
    let body: String

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Reads the first of several answers, and says what is left.
    static func read(_ text: String, isHead: Bool = false) -> (answer: RawAnswer, rest: String)? {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        let fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]).lowercased(), String(parts.last ?? "").trimmingSpaces)
        }
        let length = fields.first { $0.0 == "content-length" }.flatMap { Int($0.1) } ?? 0
        let rest = text[end.upperBound...]
        let body = isHead ? "" : String(decoding: rest.utf8.prefix(length), as: UTF8.self)
        return (
            RawAnswer(status: status, fields: fields.map { (name: $0.0, value: $0.1) }, body: body),
            String(decoding: rest.utf8.dropFirst(body.utf8.count), as: UTF8.self)
        )
    }
}

extension String {
    fileprivate var trimmingSpaces: String { String(drop { $0 == " " }) }
}

/// Sends bytes to a server on loopback and gives all that it answers until it closes the connection.
func exchange(with port: Int, _ bytes: String) async throws -> String {
    let channel = try await connection(to: port)
    return try await channel.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: bytes))
        var answer = ByteBuffer()
        for try await var part in inbound { answer.writeBuffer(&part) }
        return String(buffer: answer)
    }
}

/// A connection to a server on loopback.
func connection(to port: Int) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connect(host: "127.0.0.1", port: port) {
        channel in
        channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
    }
}
#endif
