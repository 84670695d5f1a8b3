#if Server
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseCurl
import GatehouseTesting
import GatehouseTokens
import Logging
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import GatehouseServer

struct ServerTests {
    private static func bare() -> ServerConfiguration {
        var configuration = ServerConfiguration()
        configuration.permissionsFrom = .token
        return configuration
    }

    @Test(
        "A request's id is taken over byte for byte where it is a legal field value",
        arguments: ["a", "caller-1", "a b\tc", "{\"a\": 1}", "ä–€", "%0d%0a", String(repeating: "x", count: 256)]
    )
    func legalIDs(id: String) async throws {
        try await RunningSidecar.with(Self.bare()) { server in
            for path in ["/health/live", "/nothing", "/forward-auth", "/access/v1/evaluation"] {
                let reply = try await RawConnection.send("GET", path, [("X-Request-Id", id)], port: server.port)
                #expect(reply.field("X-Request-Id") == id)
                #expect(reply.count("X-Request-Id") == 1)
            }
        }
    }

    private static let otherIDs: [[String]] = [[], [""], [String(repeating: "x", count: 257)], ["a", "a"], ["\u{1}"]]

    @Test("A request with an unusable id gets a new id", arguments: otherIDs)
    func illegalIDs(ids: [String]) async throws {
        try await RunningSidecar.with(Self.bare()) { server in
            let reply = try await RawConnection.send(
                "GET",
                "/health/live",
                ids.map { ("X-Request-Id", $0) },
                port: server.port
            )
            if reply.status == 400 { return }  // the decoder takes no control characters
            let id = try #require(reply.field("X-Request-Id"))
            #expect(id.count == 32)
            #expect(!ids.contains(id))
        }
    }

    @Test("Unknown addresses are 404, and known addresses take their own methods alone")
    func addresses() async throws {
        try await RunningSidecar.with(Self.bare()) { server in
            for path in [
                "/", "/console/", "/console/x", "/health", "/health/live/", "/HEALTH/live", "/forward-authx",
                "/access/v1", "/webhooks/clerk",
            ] {
                let reply = try await RawConnection.send("GET", path, port: server.port)
                #expect(reply.status == 404, "\(path)")
                #expect(reply.field("Content-Type") == "application/problem+json")
            }
            #expect(try await RawConnection.send("POST", "/health/live", port: server.port).status == 405)
            let head = try await RawConnection.send("HEAD", "/health/live", port: server.port)
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            #expect(head.field("Content-Length") == "17")
        }
    }

    @Test("Metrics are Prometheus text, each name with its type once")
    func metrics() async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        try await RunningSidecar.with(try fixture.configuration()) { server in
            _ = try await RawConnection.send(
                "GET",
                "/forward-auth",
                [("X-Original-Method", "GET"), ("X-Original-URI", "/public/a")],
                port: server.port
            )
            _ = try await RawConnection.send(
                "GET",
                "/forward-auth",
                [("X-Original-Method", "GET"), ("X-Original-URI", "/a")],
                port: server.port
            )
            let reply = try await RawConnection.send("GET", "/metrics", port: server.port)
            #expect(reply.field("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            let lines = reply.text.split(separator: "\n")
            #expect(lines.contains(#"gatehouse_http_requests_total{endpoint="forward_auth",status="200"} 1"#))
            #expect(lines.contains(#"gatehouse_http_requests_total{endpoint="forward_auth",status="401"} 1"#))
            #expect(lines.contains("gatehouse_policy_reloads_total{outcome=\"loaded\"} 1"))
            #expect(
                lines.contains {
                    $0.hasPrefix("gatehouse_http_request_duration_seconds_count{endpoint=\"forward_auth\"} 2")
                }
            )
            let types = lines.filter { $0.hasPrefix("# TYPE") }
            #expect(Set(types).count == types.count)
            for line in lines where !line.hasPrefix("#") {
                #expect(line.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*(\{[^}]*\})? -?[0-9.e+-]+/) != nil, "\(line)")
            }
        }
    }

    @Test("A head that is too long is 431, and a head that never ends is cut off")
    func heads() async throws {
        var configuration = Self.bare()
        configuration.limits.headTime = .milliseconds(300)
        configuration.limits.bodyTime = .milliseconds(300)
        try await RunningSidecar.with(configuration) { server in
            let long = try await RawConnection.send(
                "GET",
                "/health/live",
                [("X-Long", String(repeating: "x", count: 40_000))],
                port: server.port
            )
            #expect(long.status == 431)
            let many = (0..<900).map { ("X-\($0)", String(repeating: "x", count: 60)) }
            #expect(try await RawConnection.send("GET", "/health/live", many, port: server.port).status == 431)

            let unending = try RawConnection(port: server.port)
            try unending.send(
                "GET /health/live HTTP/1.1\r\n" + String(repeating: "X-A: abcdefghijkl\r\n", count: 2_000)
            )
            #expect(try await unending.reply().status == 431)

            let slow = try RawConnection(port: server.port)
            try slow.send("GET /health/live HTTP/1.1\r\nHost: a\r\n")
            #expect(try await slow.isClosed())

            #expect(try await RawConnection(port: server.port).isClosed())

            let slowBody = try RawConnection(port: server.port)
            try slowBody.send(
                "POST /access/v1/evaluation HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            )
            #expect(try await slowBody.isClosed())
        }
    }

    /// A transport on which nothing comes before the end.
    private struct SilentTransport: HTTPTransport {
        let end: AsyncStream<Void>.Continuation
        private let ended: Task<Void, Never>

        init() {
            let (stream, end) = AsyncStream.makeStream(of: Void.self)
            self.end = end
            ended = Task { for await _ in stream {} }
        }

        func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse {
            await ended.value
            throw HTTPTransportError(.deadlineExceeded, "nothing came")
        }
    }

    @Test("Keys that do not come delay no request without need of keys", .timeLimit(.minutes(1)))
    func stalledKeys() async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        var configuration = try fixture.configuration()
        configuration.clerk?.keys = .url("https://clerk.example.com/jwks")
        let token = try fixture.token()
        let silent = SilentTransport()
        defer { silent.end.finish() }
        try await RunningSidecar.with(configuration, transport: silent) { server in
            let port = server.port
            let waiting = try (0..<64).map { _ in try RawConnection(port: port) }
            for connection in waiting {
                try connection.send(
                    "GET /forward-auth/api/invoices/7 HTTP/1.1\r\nHost: app.example.com\r\nAuthorization: Bearer \(token)\r\n\r\n"
                )
            }
            for _ in 0..<5 {
                for path in ["/health/live", "/forward-auth/public/a"] {
                    #expect(try await RawConnection.send("GET", path, port: port).status == 200)
                }
                let question = try await server.client.post(
                    server.address + "/access/v1/evaluation",
                    [
                        "subject": ["type": "user", "id": "ann"], "action": ["name": "org:invoices:read"],
                        "resource": ["type": "doc", "id": "1"],
                    ]
                )
                #expect(question.json?["decision"] == false)
            }
            silent.end.finish()
            for connection in waiting {
                let reply = try await connection.reply()
                #expect(reply.status == 503)
                #expect(reply.field("Retry-After") != nil)
            }
            #expect(try await RawConnection.send("GET", "/health/ready", port: port).status == 503)
        }
    }

    @Test("Requests on one connection are answered in turn, and the body of a refused request is passed over")
    func pipelining() async throws {
        try await RunningSidecar.with(Self.bare()) { server in
            let connection = try RawConnection(port: server.port)
            try connection.send(
                "POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"
            )
            #expect(try await connection.reply().status == 404)
            #expect(try await connection.reply().status == 200)
        }
    }

    @Test("A changed policy is read, and a bad policy leaves the last good one in force", arguments: [true, false])
    func reload(byFile: Bool) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        @Sendable func write(_ role: String) throws {
            try folder.write(
                "gatehouse: 1\npermissions: { doc:read: R }\nroles: { a: { grants: [doc:read] }, b: {} }\nassignments:\n  - { principal: ann, role: \(role) }\n",
                to: "policy.yaml"
            )
        }
        try write("b")
        try folder.write("policy: policy.yaml\n", to: "gatehouse.yaml")
        try await RunningSidecar.with(file: folder.file("gatehouse.yaml")) { server in
            @Sendable func decision() async throws -> JSONValue? {
                try await server.client.post(
                    server.address + "/access/v1/evaluation",
                    [
                        "subject": ["type": "user", "id": "ann"], "action": ["name": "read"],
                        "resource": ["type": "doc", "id": "1"],
                    ]
                ).json?["decision"]
            }
            /// The state of the policy by the readiness.
            @Sendable func policy() async throws -> JSONValue? {
                let reply = try await server.client.send("GET", server.address + "/health/ready")
                #expect(reply.status == 200)
                return reply.json?["policy"]
            }
            /// Writes another policy, and waits until it is in force or refused. A call of `reload()` is over when it returns; the watch of
            /// the file takes up to two intervals.
            @Sendable func change(_ role: String, until isReached: (JSONValue?) -> Bool) async throws {
                try write(role)
                if byFile {
                    try await eventually(policy, satisfies: isReached)
                } else {
                    server.sidecar.reload()
                    #expect(isReached(try await policy()))
                }
            }
            /// The count of refused policies.
            @Sendable func refusals() async throws -> Substring? {
                let metrics = try await server.client.send("GET", server.address + "/metrics").text
                return metrics.firstMatch(of: /gatehouse_policy_reloads_total\{outcome="refused"\} (\d+)/)?.1
            }
            #expect(try await decision() == false)
            #expect(try await refusals() == "0")
            let before = try await policy()?["revision"]
            try await change("a") { $0?["revision"] != before }
            #expect(try await decision() == true)

            try await change("none") { $0?["status"] == "stale" }
            #expect(try await decision() == true)
            // Readiness tells of the refusal a moment before the metrics do.
            try await eventually(refusals, satisfies: { $0 != nil && $0 != "0" })

            try await change("b") { $0?["status"] == "loaded" && $0?["revision"] == before }
            #expect(try await decision() == false)
        }
    }

    @Test("Log lines are JSON objects, whatever their contents")
    func log() throws {
        let lines = Mutex<[[UInt8]]>([])
        let clock = WallClock { .distantPast }
        var logger = Logger(label: "gatehouse.test") { label in
            JSONLogHandler(label: label, clock: clock) { line in lines.withLock { $0.append(line) } }
        }
        logger[metadataKey: "own"] = "a\nb\"c\u{2028}"
        logger.info("Hello\r\n\u{1b}[31m", metadata: ["list": ["a", .dictionary(["b": "c"])], "own": "d"])
        logger.debug("unheard")
        let written = lines.withLock { $0 }
        #expect(written.count == 1)
        let line = try #require(written.first)
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        let json = JSONValue(try JSONDocument(parsing: Array(line.dropLast())).root)
        #expect(json["message"] == "Hello\r\n\u{1b}[31m")
        #expect(json["level"] == "info")
        #expect(json["logger"] == "gatehouse.test")
        #expect(json["list"] == ["a", ["b": "c"]])
        #expect(json["own"] == "d")
        #expect(json["time"] == "0000-01-01T00:00:00Z")
    }

    @Test("A request that is under way is answered although the server stops")
    func stop() async throws {
        let sidecar = try await Sidecar(
            Self.listening(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            transport: CurlTransport(),
            clock: .system
        )
        let group = ServiceGroup(services: [sidecar], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try #require(await sidecar.port())
            let connection = try RawConnection(port: port)
            // Both heads come together: the server has the second once it answered the first.
            try connection.send(
                "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "POST /access/v1/evaluation HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{"
            )
            #expect(try await connection.reply().status == 200)
            await group.triggerGracefulShutdown()
            try connection.send("}")
            #expect(try await connection.reply().status == 400)
            try await tasks.waitForAll()
        }
    }

    private static func listening() -> ServerConfiguration {
        var configuration = bare()
        configuration.listen.port = 0
        return configuration
    }
}
#endif
