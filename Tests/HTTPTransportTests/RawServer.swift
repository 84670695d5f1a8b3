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

    struct SocketError: Error {
        let call: String
        let number: Int32
    }

    private struct State {
        var isOpen = true
        var connections: [Int32] = []
        var requests: [String] = []
    }

    private let answer: Answer
    private let socket: Int32
    private let port: UInt16
    private let state = Mutex(State())

    /// The requests that came, as they came.
    var requests: [String] { state.withLock { $0.requests } }

    /// The address, with this path.
    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Runs a server for as long as the body takes.
    static func run<Value>(_ answer: Answer, _ body: (RawServer) async throws -> Value) async throws -> Value {
        let server = try RawServer(answer)
        defer { server.close() }
        DispatchQueue(label: "raw server").async { server.acceptAll() }
        return try await body(server)
    }

    private init(_ answer: Answer) throws {
        #if canImport(Glibc)
        let stream = Int32(SOCK_STREAM.rawValue)
        #else
        let stream = SOCK_STREAM
        #endif
        let socket = Self.makeSocket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && listen(socket, 16) == 0
                    && getsockname(socket, address, &length) == 0
            }
        }
        guard bound else { throw SocketError(call: "bind", number: errno) }
        self.answer = answer
        self.socket = socket
        port = UInt16(bigEndian: address.sin_port)
    }

    /// The C function, whose name a property has.
    private static func makeSocket(_ domain: Int32, _ kind: Int32, _ number: Int32) -> Int32 {
        #if canImport(Glibc)
        Glibc.socket(domain, kind, number)
        #elseif canImport(Musl)
        Musl.socket(domain, kind, number)
        #else
        Darwin.socket(domain, kind, number)
        #endif
    }

    private func acceptAll() {
        while true {
            let connection = accept(socket, nil, nil)
            guard connection >= 0 else { return }
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
        case .stall(let text): _ = write(text, to: connection)
        case .text(let text):
            _ = write(text, to: connection)
            shutdown(connection, Int32(SHUT_RDWR))
        case .endless(let head):
            var isOpen = write(head, to: connection)
            let block = String(repeating: "x", count: 16_384)
            while isOpen { isOpen = write(block, to: connection) }
        }
    }

    private func write(_ text: String, to connection: Int32) -> Bool {
        var bytes = ArraySlice(text.utf8)
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    /// Ends all connections; their threads end with them. The descriptors stay until then, so that no number is used again.
    private func close() {
        let connections = state.withLock { state in
            state.isOpen = false
            return state.connections
        }
        shutdown(socket, Int32(SHUT_RDWR))
        for connection in connections { shutdown(connection, Int32(SHUT_RDWR)) }
    }

    deinit {
        closeDescriptor(socket)
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
