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

    /// Reads the first of several answers, and says what is left; `nil` if it is not there to its end.
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
        guard isHead || rest.utf8.count >= length else { return nil }
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

/// Sends bytes to a server on loopback and gives its answers: so many of them, or what there is when the connection ends.
func exchange(
    with port: Int,
    _ bytes: String,
    isHead: Bool = false,
    count: Int = 1,
    patience: TimeAmount = .seconds(20)
) async throws -> [RawAnswer] {
    let channel = try await connection(to: port)
    // A server that never answers fails the test, and does not hold it up.
    let end = channel.channel.eventLoop.scheduleTask(in: patience) { channel.channel.close(promise: nil) }
    defer { end.cancel() }
    return try await channel.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: bytes))
        var answers: [RawAnswer] = []
        var text = ""
        do {
            for try await part in inbound {
                text += String(buffer: part)
                while let (answer, rest) = RawAnswer.read(text, isHead: isHead) {
                    answers.append(answer)
                    text = rest
                }
                if answers.count >= count { break }
            }
        } catch is IOError {
            // The server reset the connection, as it may after a request that it did not read to its end.
        }
        return answers
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
