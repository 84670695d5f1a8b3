#if Server
import Foundation
import TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The application behind a proxy: it says what it was told, and takes upgrades of connections.
///
/// `{"method","path","user","organization","role","forwarded","bytes","smuggled"}`; a connection that is upgraded gives every byte back.
final class UpstreamServer: Sendable {
    private let listener: RawListener

    var port: Int { listener.port }

    init() throws {
        listener = try RawListener()
        Thread.detachNewThread { [listener] in
            while let connection = listener.accept() {
                Thread.detachNewThread { Self.serve(connection) }
            }
        }
    }

    func stop() { listener.stop() }

    /// The fields by which a client would say who it is, or ask for another request than the one that was judged, as an application reads
    /// them that does not tell `_` from `-`.
    private static func smuggled(_ lines: some Sequence<String>) -> [String] {
        let told = ["user", "organization", "role", "session"].map { "x-gatehouse-" + $0 }
        return lines.filter { line in
            let name = line.prefix { $0 != ":" }.lowercased()
            if told.contains(name) { return false }
            let plain = name.replacing("_", with: "-")
            if plain == "connection" { return line.lowercased().contains("gatehouse") }
            return ["x-gatehouse", "x-original-url", "x-rewrite", "x-http-method", "x-method"].contains {
                plain.hasPrefix($0)
            }
        }
    }

    private static func serve(_ connection: Int32) {
        defer { close(connection) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        func more() -> Bool {
            let count = recv(connection, &chunk, chunk.count, 0)
            if count > 0 { bytes += chunk.prefix(count) }
            return count > 0
        }
        func answer(_ text: String) { answer(Array(text.utf8)) }
        func answer(_ data: [UInt8]) { _ = RawSocket.sendAll(data, to: connection) }
        while true {
            while bytes.firstRange(of: Array("\r\n\r\n".utf8)) == nil { guard more() else { return } }
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
            let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            bytes.removeFirst(end.upperBound)
            let lines = head.split(separator: "\r\n").map(String.init)
            let start = (lines.first ?? "").split(separator: " ").map(String.init)
            func field(_ name: String) -> String? {
                let values = lines.dropFirst().filter { $0.lowercased().hasPrefix(name + ":") }.map {
                    String($0.dropFirst(name.count + 1)).trimmingCharacters(in: .whitespaces)
                }
                return values.isEmpty ? nil : values.joined(separator: " | ")
            }
            if field("upgrade") != nil {
                // The answer to the key of RFC 6455 section 1.3: HAProxy checks it.
                answer(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
                )
                answer(bytes)
                bytes = []
                while more() {
                    answer(bytes)
                    bytes = []
                }
                return
            }
            var count = 0
            if let length = field("content-length").flatMap({ Int($0) }) {
                while bytes.count < length { guard more() else { return } }
                bytes.removeFirst(length)
                count = length
            } else if field("transfer-encoding") != nil {
                while bytes.firstRange(of: Array("0\r\n\r\n".utf8)) == nil { guard more() else { return } }
                count = bytes.count
                bytes = []
            }
            // An application that never answers.
            if start.dropFirst().first?.contains("stalls") == true {
                while more() {}
                return
            }
            let status = start.dropFirst().first?.contains("fails") == true ? "500 Internal Server Error" : "200 OK"
            let body = [
                "method": start.first ?? "", "path": start.dropFirst().first ?? "",
                "user": field("x-gatehouse-user") ?? "",
                "organization": field("x-gatehouse-organization") ?? "", "role": field("x-gatehouse-role") ?? "",
                "forwarded": field("x-forwarded-for") ?? "", "bytes": "\(count)",
                "smuggled": Self.smuggled(lines.dropFirst()).joined(separator: ","),
            ]
            let data = (try? JSONSerialization.data(withJSONObject: body, options: [.sortedKeys])) ?? Data()
            let length = data.count
            let user = field("x-gatehouse-user") ?? ""
            answer(
                "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nX-Application: \(user)\r\nContent-Length: \(length)\r\n\r\n"
            )
            if start.first != "HEAD" { answer(Array(data)) }
        }
    }
}
#endif
