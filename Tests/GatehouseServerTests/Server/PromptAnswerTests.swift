#if Server
import GatehouseBase
import HTTPTypes
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import GatehouseServer

@Suite("Requests that are answered before Hummingbird")
struct PromptAnswerTests {
    private static let known = "/forward-auth/public/a"
    private static func request(_ path: String = known, _ fields: [String] = [], method: String = "GET") -> String {
        (["\(method) \(path) HTTP/1.1", "Host: a"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }
    private static let question =
        #"{"subject":{"type":"user","id":"a"},"action":{"name":"read"},"resource":{"type":"b","id":"c"}}"#
    private static func evaluation(_ body: String = question) -> String {
        request(
            "/access/v1/evaluation",
            ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"],
            method: "POST"
        ) + body
    }

    private func responder(
        _ change: (inout ServerConfiguration) -> Void = { _ in }
    ) async throws -> SidecarResponder {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        var configuration = try fixture.configuration()
        change(&configuration)
        return try await Sidecar(configuration).responder
    }

    @Test(
        "A request whose answer is known does not reach Hummingbird",
        arguments: [request(), request(known, ["Content-Length: 2"]) + "ab", evaluation()]
    )
    func isAnswered(request: String) async throws {
        let channel = try PromptChannel(try await responder())
        try channel.receive(request)
        #expect(try channel.sent().hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(try channel.passedOn().isEmpty)
    }

    private static let others: [(String, String)] = [
        (request("/health/live"), "/health/live."),
        (request("/forward-auth/api/invoices/7"), "/forward-auth/api/invoices/7."),
        (request(method: "HEAD"), known + "."),
        (request(known, ["Connection: close"]), known + "."),
        (request(known, ["Connection: keep-alive"]), known + "."),
        (request(known, ["X-Gatehouse-Refusal: 1"]), known + "."),
        (request(known, ["Content-Length: \(long.utf8.count)"]) + long, known + " \(long)."),
        (request(known, ["Expect: 100-continue", "Content-Length: 2"]) + "ab", known + " ab."),
        (request("/access/v1/evaluation"), "/access/v1/evaluation."),
        (evaluation("{"), "/access/v1/evaluation {."),
        (evaluation("{}"), "/access/v1/evaluation {}."),
        (evaluation(long), "/access/v1/evaluation \(long)."),
        (
            request("/access/v1/evaluation", ["Content-Length: 2"], method: "POST") + "{}",
            "/access/v1/evaluation {}."
        ),
    ]

    @Test("Other requests reach Hummingbird as they came", arguments: others)
    func unknown(request: String, passedOn: String) async throws {
        let channel = try PromptChannel(try await responder())
        try channel.receive(request)
        #expect(try channel.sent().isEmpty)
        #expect(try channel.passedOn() == [passedOn])
    }

    /// A question with 20,000 bytes of blanks.
    private static let long = question + String(repeating: " ", count: 20_000)

    @Test("A request that comes in several reads reaches Hummingbird, or is answered, as a whole")
    func parts() async throws {
        let channel = try PromptChannel(try await responder())
        let (head, rest) = (Self.request().prefix(20), Self.request().dropFirst(20))
        try channel.receive(String(head))
        #expect(try channel.sent().isEmpty)
        try channel.receive(String(rest))
        #expect(try channel.sent().hasPrefix("HTTP/1.1 200 OK\r\n"))
        let evaluation = Self.evaluation()
        try channel.receive(String(evaluation.dropLast(10)))
        try channel.receive(String(evaluation.suffix(10)))
        #expect(try channel.sent().isEmpty)
        let passedOn = try channel.passedOn()
        #expect(passedOn.map { $0.filter { $0 != " " } } == ["/access/v1/evaluation\(Self.question)."])
    }

    @Test("The answers stand in the order of the requests")
    func order() async throws {
        let channel = try PromptChannel(try await responder())
        let other = Self.request("/health/live")
        try channel.receive(Self.request() + Self.request() + other + Self.request())
        // The answers to the first two; the last request waits behind the third.
        #expect(try channel.sent().ranges(of: "HTTP/1.1 200 OK").count == 2)
        #expect(try channel.passedOn() == ["/health/live.", Self.known + "."])
        try channel.respond()
        try channel.receive(Self.request())
        #expect(try channel.passedOn() == [Self.known + "."])
        try channel.respond()
        try channel.respond()
        #expect(try channel.sent().ranges(of: "HTTP/1.1 204").count == 3)
        try channel.receive(Self.request())
        #expect(try channel.sent().hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(try channel.passedOn().isEmpty)
    }

    @Test(
        "A connection is closed after its idle time, counted from the last answer",
        arguments: [request(), evaluation()]
    )
    func idle(request: String) async throws {
        let channel = try PromptChannel(try await responder { $0.limits.idleTime = .seconds(20) })
        for _ in 0..<5 {
            try channel.receive(request)
            channel.channel.embeddedEventLoop.advanceTime(by: .seconds(19))
            #expect(channel.channel.isActive)
        }
        channel.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.channel.isActive)
    }

    @Test("A connection that waits for an answer is not idle")
    func waiting() async throws {
        let channel = try PromptChannel(try await responder { $0.limits.idleTime = .seconds(20) })
        try channel.receive(Self.request("/health/live"))
        channel.channel.embeddedEventLoop.advanceTime(by: .hours(1))
        #expect(channel.channel.isActive)
        try channel.respond()
        #expect(channel.isClosed(afterSeconds: 20))
    }

    @Test("A connection whose request was answered before its end is idle after the end")
    func answeredEarly() async throws {
        let channel = try PromptChannel(try await responder { $0.limits.idleTime = .seconds(20) })
        try channel.receive(Self.request("/health/live", ["Content-Length: 4"]) + "ab")
        try channel.respond()
        try channel.receive("cd")
        #expect(channel.isClosed(afterSeconds: 20))
    }

    @Test("A connection without a request is closed after the shorter of the times of a head and of idleness")
    func silent() async throws {
        let channel = try PromptChannel(try await responder { $0.limits.idleTime = .seconds(3) })
        channel.channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        #expect(!channel.channel.isActive)
    }

    @Test(
        "A client that waits for 100 before it sends a body gets 100 if the body is wanted",
        arguments: [
            ("100-continue", "4", true), ("100-Continue", "1048576", true), ("100-continue", "1048577", false),
            ("other", "4", false),
        ]
    )
    func expectation(value: String, length: String, isWanted: Bool) async throws {
        let channel = try PromptChannel(try await responder())
        let request = Self.request(
            "/access/v1/evaluation",
            ["Expect: \(value)", "Content-Length: \(length)"],
            method: "POST"
        )
        try channel.receive(request)
        #expect(try channel.sent() == (isWanted ? "HTTP/1.1 100 Continue\r\n\r\n" : ""))
        try channel.receive("ab")
        #expect(try channel.sent().isEmpty)
    }

    @Test("A client that sends its body at once gets no 100, nor does a request behind another")
    func needlessExpectation() async throws {
        let channel = try PromptChannel(try await responder())
        let fields = ["Expect: 100-continue", "Content-Length: 4"]
        try channel.receive(Self.request("/access/v1/evaluation", fields, method: "POST") + "a")
        try channel.receive("bcd")
        try channel.receive(Self.request("/access/v1/evaluation", fields, method: "POST"))
        #expect(try channel.sent().isEmpty)
    }

    @Test(
        "The time of an answer has the form of RFC 9110",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
        ]
    )
    func dates(time: Int, text: String) {
        #expect(FieldDate(time).description == text)
    }

    @Test("A prompt answer is Hummingbird's answer, field for field")
    func sameAnswers() async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        let cases = try fixture.cases().map { one in
            [("X-Original-Method", one.method), ("X-Original-URI", one.path)] + one.fields
        }
        try await RunningSidecar.with(try fixture.configuration()) { server in
            let connection = try RawConnection(port: server.port)
            func answer(_ request: String, _ fields: [(String, String)], _ body: String = "") async throws -> String {
                let fields = [("Host", "app.example.com"), ("X-Request-Id", "r")] + fields
                let lines = [request + " HTTP/1.1"] + fields.map { "\($0): \($1)" }
                try connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
                let reply = try await connection.reply()
                let texts = reply.fields.map { "\($0.name): \($0.name.lowercased() == "date" ? "" : $0.value)" }
                #expect(reply.field("Date")?.wholeMatch(of: /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/) != nil)
                return "\(reply.status)\n\(texts.joined(separator: "\n"))\n\n\(reply.text)"
            }
            func compare(_ request: String, _ fields: [(String, String)], _ body: String = "") async throws {
                let slow = [("Connection", "keep-alive")]
                _ = try await answer(request, fields, body)  // the token is remembered
                let expected = try await answer(request, fields + slow, body)
                #expect(try await answer(request, fields, body) == expected)
            }
            for fields in cases { try await compare("GET /forward-auth", fields) }
            for fields in [
                [], [("X-Original-URI", "/a")], [("X-Original-Method", "GET"), ("X-Original-URI", "/a//b")],
            ] {
                try await compare("GET /forward-auth", fields)
            }
            for body in [
                Self.question, Self.question.replacing("\"read\"", with: "\"org:invoices:read\""), "{", "[]", "{}",
                Self.question.replacing("\"b\"", with: "\"b b\""), Self.question.replacing("\"c\"", with: "\"\""),
            ] {
                let fields = [
                    ("Content-Type", "application/json; charset=utf-8"), ("Content-Length", "\(body.utf8.count)"),
                ]
                try await compare("POST /access/v1/evaluation", fields, body)
            }
        }
    }
}
#endif
