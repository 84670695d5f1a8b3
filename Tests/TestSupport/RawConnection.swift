import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A TCP connection to loopback that sends bytes as they are: no client makes a path or a head of its own of them.
package final class RawConnection: @unchecked Sendable {
    // Unchecked: one test uses a connection from one task at a time.
    private let socket: Int32
    private var received: [UInt8] = []

    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    package struct Reply: Sendable {
        package let status: Int
        package let fields: [(name: String, value: String)]
        package let body: [UInt8]

        package var text: String { String(decoding: body, as: UTF8.self) }
        package func field(_ name: String) -> String? {
            fields.first { $0.name.lowercased() == name.lowercased() }?.value
        }
        package func count(_ name: String) -> Int { fields.filter { $0.name.lowercased() == name.lowercased() }.count }
    }

    /// - Parameter timeout: How long one read may take.
    package init(port: Int, timeout: Int = 20) throws {
        guard let socket = RawSocket.open(to: port) else { throw Failure(description: "nobody listens at \(port)") }
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        self.socket = socket
    }

    deinit { close(socket) }

    package func send(_ bytes: [UInt8]) throws {
        guard RawSocket.sendAll(bytes, to: socket) else { throw Failure(description: "the connection is closed") }
    }

    package func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Reads more; `false` at the end of the stream.
    private func more() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count >= 0 else { throw Failure(description: "nothing came in time, or the connection was reset") }
        received += chunk.prefix(count)
        return count > 0
    }

    /// True if the other side closes the connection without another byte.
    package func isClosed() async throws -> Bool {
        try await blocking { [self] in
            do { return try !more() } catch { return errno == ECONNRESET }
        }
    }

    /// Some bytes as they come.
    package func receive(count: Int) async throws -> [UInt8] {
        try await blocking { [self] in try bytes(count: count) }
    }

    private func bytes(count: Int) throws -> [UInt8] {
        while received.count < count { guard try more() else { break } }
        defer { received.removeFirst(min(count, received.count)) }
        return Array(received.prefix(count))
    }

    /// The next response.
    package func reply(to method: String = "GET") async throws -> Reply {
        try await blocking { [self] in try read(method) }
    }

    private func read(_ method: String) throws -> Reply {
        let separator = Array("\r\n\r\n".utf8)
        while received.firstRange(of: separator) == nil {
            guard try more() else {
                throw Failure(description: "the connection ended: \(String(decoding: received, as: UTF8.self))")
            }
        }
        let end = received.firstRange(of: separator)!
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        received.removeFirst(end.upperBound)
        let lines = head.split(separator: "\r\n").map(String.init)
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (
                name: String(parts.first ?? ""),
                value: parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            )
        }
        func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
        if status == 100 { return try read(method) }
        if method == "HEAD" || status == 204 || status == 304 || status == 101 {
            return Reply(status: status, fields: fields, body: [])
        }
        if let length = field("content-length").flatMap({ Int($0) }) {
            return Reply(status: status, fields: fields, body: try bytes(count: length))
        }
        if field("transfer-encoding")?.lowercased() == "chunked" {
            return Reply(status: status, fields: fields, body: try chunks())
        }
        while try more() {}
        return Reply(status: status, fields: fields, body: try bytes(count: received.count))
    }

    private func chunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            while received.firstIndex(of: UInt8(ascii: "\n")) == nil { guard try more() else { return body } }
            let end = received.firstIndex(of: UInt8(ascii: "\n"))!
            let size =
                Int(
                    String(decoding: received[..<end], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines),
                    radix: 16
                ) ?? 0
            received.removeFirst(end + 1)
            body += try bytes(count: size)
            _ = try bytes(count: 2)
            if size == 0 { return body }
        }
    }

    /// One request on a connection of its own.
    package static func send(
        _ method: String,
        _ path: String,
        _ fields: [(String, String)] = [],
        body: [UInt8] = [],
        port: Int
    ) async throws -> Reply {
        try await blocking { try exchange(method, path, fields, body, port) }
    }

    private static func exchange(
        _ method: String,
        _ path: String,
        _ fields: [(String, String)],
        _ body: [UInt8],
        _ port: Int
    ) throws -> Reply {
        let connection = try RawConnection(port: port)
        var head = "\(method) \(path) HTTP/1.1\r\nHost: app.example.com\r\nConnection: close\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if !body.isEmpty || ["POST", "PUT", "PATCH"].contains(method) { head += "Content-Length: \(body.count)\r\n" }
        try connection.send(Array((head + "\r\n").utf8) + body)
        return try connection.read(method)
    }

    /// One request on this connection, which stays open. It blocks: call it on a thread of one's own.
    package func blockingRequest(_ method: String, _ path: String, _ fields: [(String, String)]) throws -> Reply {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: app.example.com\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        try send(head + "\r\n")
        return try read(method)
    }

    /// A port that nobody listens at, for a moment.
    package static func freePort() throws -> Int {
        let listener = try RawListener()
        return listener.port
    }
}
