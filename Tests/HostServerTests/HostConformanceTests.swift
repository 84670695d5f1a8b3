#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseHTTP
import NIOCore
import Testing

@Suite("Every server answers the same table of requests alike", .serialized)
struct HostConformanceTests {
    @Test("the table has its full size")
    func size() { #expect(HostTable.requests.count >= 80) }

    @Test("each request has its status, and a handler runs for accepted requests alone", arguments: Host.allCases)
    func table(host: Host) async throws {
        let api = try GuardedAPI()
        try await host.run(api) { port in
            for request in HostTable.requests {
                let handled = api.handledCount
                let answers = try await exchange(with: port, try request.text, isHead: request.method == "HEAD")
                let expected = request.expectedStatus(of: host)
                #expect((answers.first?.status ?? 0) == expected, "\(request) at \(host)")
                #expect(api.handledCount - handled == (expected == 200 ? 1 : 0), "\(request) at \(host)")
                if let answer = answers.first { check(answer, of: request, at: host) }
            }
        }
    }

    /// Checks that a refusal has all that ours have.
    private func check(_ answer: RawAnswer, of request: HostRequest, at host: Host) {
        switch answer.status {
        case 401: #expect(answer["www-authenticate"]?.hasPrefix("Bearer") == true, "\(request) at \(host)")
        case 503: #expect(answer["retry-after"] == "5", "\(request) at \(host)")
        case 204:
            let isOurs = request.fields.contains { $0.1 == "https://app.example.com" }
            #expect((answer["access-control-allow-origin"] != nil) == isOurs, "\(request) at \(host)")
        default: break
        }
        guard [401, 403, 503].contains(answer.status) else { return }
        #expect(answer["cache-control"] == "no-store", "\(request) at \(host)")
        #expect(answer["x-request-id"] != nil, "\(request) at \(host)")
        if request.target == "/step-up", answer.status == 403 {
            #expect(answer.body.contains(#""reason":"reverification-error""#))
        } else if request.method != "HEAD" {
            #expect(answer.body.contains(#""status":\#(answer.status)"#), "\(request) at \(host): \(answer.body)")
        }
    }

    @Test(
        "header fields of many bytes are 431 on SwiftNIO; Hummingbird takes as many as SwiftNIO does",
        arguments: [(Host.nio, 431), (.hummingbird, 401)]
    )
    func manyBytes(host: Host, status: Int) async throws {
        let api = try GuardedAPI()
        let padding = [("X-Padding", String(repeating: "x", count: 40_000))]
        try await host.run(api) { port in
            let request = HostRequest(.nobody, "GET", "/me", status, fields: padding)
            let answers = try await exchange(with: port, try request.text)
            #expect(answers.map(\.status) == [status])
        }
    }

    @Test("requests in one packet are answered in their order", arguments: Host.allCases)
    func pipelining(host: Host) async throws {
        let api = try GuardedAPI()
        let head = "Host: localhost\r\nAuthorization: Bearer \(try Caller.member.token ?? "")\r\n"
        let text =
            "GET /me HTTP/1.1\r\n\(head)\r\n" + "GET /me HTTP/1.1\r\nHost: localhost\r\n\r\n"
            + "POST /invoices HTTP/1.1\r\n\(head)Content-Length: 3\r\n\r\nabc"
            + "GET /pages/a HTTP/1.1\r\nHost: localhost\r\n\r\n"
            + "GET /invoices HTTP/1.1\r\n\(head)Connection: close\r\n\r\n"
        try await host.run(api) { port in
            let answers = try await exchange(with: port, text, count: 5)
            #expect(answers.map(\.status) == [200, 401, 403, 200, 200])
            #expect(api.handledCount == 3)
        }
    }

    @Test("a refusal comes before the body, and clients that go away harm nobody", arguments: Host.allCases)
    func slowClients(host: Host) async throws {
        let api = try GuardedAPI()
        try await host.run(api) { port in
            for text in [
                "", "GET /me HT", "GET /me HTTP/1.1\r\nHost: localhost\r\n",
                "POST /public HTTP/1.1\r\nContent-Length: 9\r\n\r\n1",
            ] {
                let channel = try await connection(to: port)
                try await channel.executeThenClose { _, outbound in try await outbound.write(ByteBuffer(string: text)) }
            }
            // FlyingFox takes the whole body before it sends any answer.
            let length = host == .flyingFox ? 9 : 900_000
            let channel = try await connection(to: port)
            let end = channel.channel.eventLoop.scheduleTask(in: .seconds(20)) { channel.channel.close(promise: nil) }
            defer { end.cancel() }
            try await channel.executeThenClose { inbound, outbound in
                for part in [
                    "POST /invoices HTTP/1.1\r\nHo", "st: localhost\r\nContent-Length: \(length)\r\n\r\n", "the start",
                ] {
                    try await outbound.write(ByteBuffer(string: part))
                }
                var text = ""
                for try await part in inbound {
                    text += String(buffer: part)
                    guard let answer = RawAnswer.read(text)?.answer else { continue }
                    #expect(answer.status == 401)
                    return
                }
                Issue.record("the connection ended without an answer: \(text)")
            }
            let answers = try await exchange(with: port, try HostRequest(.member, "GET", "/me", 200).text)
            #expect(answers.map(\.status) == [200])
        }
    }
}
#endif
