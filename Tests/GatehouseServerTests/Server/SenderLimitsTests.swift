#if Server
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import GatehouseServer

@Suite("The limits of a connection hold for each of its requests")
struct SenderLimitsTests {
    private static func request(_ path: String, _ fields: [String] = []) -> String {
        (["GET \(path) HTTP/1.1", "Host: a"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }
    /// A request that is answered at once, if public paths need nothing.
    private static func prompt(_ fields: [String] = []) -> String { request("/forward-auth/public/a", fields) }
    private static let slow = request("/health/live")
    private static let long = prompt(["X-Long: " + String(repeating: "x", count: 33_000)])
    private static let refusal = "HTTP/1.1 431 "

    private func responder() async throws -> SidecarResponder {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        return try await Sidecar(try fixture.configuration()).responder
    }

    @Test(
        "a head that is too long is refused after the answers to the requests before it",
        arguments: [long, String(long.dropLast(4))]
    )
    func order(long: String) async throws {
        let channel = try PromptChannel(try await responder())
        try channel.receive(Self.prompt() + Self.slow + Self.slow + long)
        #expect(try channel.sent().hasPrefix("HTTP/1.1 200 "))
        try channel.receive(Self.prompt())
        try channel.respond()
        #expect(try channel.sent().ranges(of: "HTTP/1.1 ").count == 1)
        try channel.respond()
        let sent = try channel.sent()
        #expect(sent.hasPrefix("HTTP/1.1 204 ") && sent.contains(Self.refusal))
        #expect(sent.ranges(of: "HTTP/1.1 ").count == 2)
        #expect(try channel.passedOn() == ["/health/live.", "/health/live."])
        channel.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.channel.isActive)
    }

    @Test(
        "a head that is too long is refused wherever its bytes begin",
        arguments: [0, 1, 20, 500, 1_500, 32_000]
    )
    func splits(count: Int) async throws {
        let channel = try PromptChannel(try await responder())
        try channel.receive(Self.prompt() + Self.long.prefix(count))
        try channel.receive(String(Self.long.dropFirst(count)))
        let sent = try channel.sent()
        #expect(sent.hasPrefix("HTTP/1.1 200 ") && sent.ranges(of: "HTTP/1.1 ").count == 2)
        #expect(sent.contains(Self.refusal))
    }

    @Test("heads within the limit are answered, many in one read or in parts")
    func many() async throws {
        let channel = try PromptChannel(try await responder())
        let request = Self.prompt(["X-Long: " + String(repeating: "x", count: 32_000)])
        for size in [7_000, 32_100, 50_000, 400_000] {
            var rest = Array(repeating: request, count: 20).joined()[...]
            while !rest.isEmpty {
                try channel.receive(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(try channel.sent().ranges(of: "HTTP/1.1 200 ").count == 20)
        }
    }

    @Test("a head that began behind another request has the time of a head")
    func partial() async throws {
        let channel = try PromptChannel(try await responder())
        try channel.receive(Self.prompt() + Self.prompt(["X-A: b", "X-B: c"]).dropLast(4))
        #expect(channel.isClosed(afterSeconds: 10))
    }

    private static let chunked = prompt(["Transfer-Encoding: chunked"]) + "5\r\nabcde\r\n0\r\n\r\n"

    @Test(
        "a connection is idle after a request, however its blanks and its body are written",
        arguments: [
            prompt(), prompt(["A:b", "B:c", "C:d"]), prompt(["A:   b", "B:  c"]), prompt(["Content-Length: 3"]) + "abc",
            chunked, prompt() + prompt(),
        ]
    )
    func idle(request: String) async throws {
        let channel = try PromptChannel(try await responder())
        for _ in 0..<3 {
            try channel.receive(request)
            channel.channel.embeddedEventLoop.advanceTime(by: .seconds(74))
            #expect(channel.channel.isActive)
        }
        channel.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.channel.isActive)
    }
}
#endif
