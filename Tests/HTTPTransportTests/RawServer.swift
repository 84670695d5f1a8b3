#if AsyncHTTPClient || Curl
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Dispatch
import Synchronization
import TestSupport

/// A server that answers the bytes it is told to, HTTP or not, on a free port of the loopback.
final class RawServer: Sendable {
    /// The treatment of a connection, once the head of its request has come.
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

    private struct State {
        var isOpen = true
        var connections: [Int32] = []
        var requests: [String] = []
    }

    private let answer: Answer
    private let listener: RawListener
    private let state = Mutex(State())

    /// The requests that came, as they came.
    var requests: [String] { state.withLock { $0.requests } }

    /// The address, with this path.
    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(listener.port)\(path)" }

    /// Runs a server for as long as the body takes.
    static func run<Value>(_ answer: Answer, _ body: (RawServer) async throws -> Value) async throws -> Value {
        let server = try RawServer(answer)
        defer { server.close() }
        DispatchQueue(label: "raw server").async { server.acceptAll() }
        return try await body(server)
    }

    private init(_ answer: Answer) throws {
        self.answer = answer
        listener = try RawListener()
    }

    private func acceptAll() {
        while let connection = listener.accept() {
            let isOpen = state.withLock { state in
                if state.isOpen { state.connections.append(connection) }
                return state.isOpen
            }
            guard isOpen else {
                shutdown(connection, Int32(SHUT_RDWR))
                return
            }
            DispatchQueue.global().async { self.serve(connection) }
        }
    }

    private func serve(_ connection: Int32) {
        var request: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !request.hasWholeBody {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            request.append(contentsOf: buffer.prefix(count))
        }
        state.withLock { $0.requests.append(String(decoding: request, as: UTF8.self)) }
        switch answer {
        case .close: shutdown(connection, Int32(SHUT_RDWR))
        case .stall(let text): _ = RawSocket.sendAll(text.utf8, to: connection)
        case .text(let text):
            _ = RawSocket.sendAll(text.utf8, to: connection)
            shutdown(connection, Int32(SHUT_RDWR))
        case .endless(let head):
            var isOpen = RawSocket.sendAll(head.utf8, to: connection)
            let block = Array(repeating: UInt8(ascii: "x"), count: 16_384)
            while isOpen { isOpen = RawSocket.sendAll(block, to: connection) }
        }
    }

    /// Ends all connections; their threads end with them. The descriptors stay until then, so that no number is used again.
    private func close() {
        let connections = state.withLock { state in
            state.isOpen = false
            return state.connections
        }
        listener.stop()
        for connection in connections { shutdown(connection, Int32(SHUT_RDWR)) }
    }

    deinit {
        state.withLock { $0.connections.forEach { closeDescriptor($0) } }
    }
}

private func closeDescriptor(_ descriptor: Int32) {
    close(descriptor)
}

extension [UInt8] {
    /// True if a request is here with its head and as many bytes of body as its `Content-Length` says.
    fileprivate var hasWholeBody: Bool {
        let text = String(decoding: self, as: UTF8.self)
        guard let end = text.utf8.firstRange(of: "\r\n\r\n".utf8) else { return false }
        let length = text.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst("content-length:".count).filter { $0 != " " }) }
        return text.utf8[end.upperBound...].count >= length ?? 0
    }
}
#endif
