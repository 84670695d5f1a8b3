#if Server
import Gatehouse
import GatehouseBase
import TestSupport
import Testing

@testable import GatehouseServer

extension DecisionAPITests {
    @Test("Callers are judged before the body, and by their address where there are no keys")
    func callers() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write(Self.policy, to: "policy.yaml")
        try folder.write("policy: policy.yaml\napiKeys: [one, two]\n", to: "keys.yaml")
        try folder.write("policy: policy.yaml\n", to: "none.yaml")
        let json = ("Content-Type", "application/json")
        try await RunningSidecar.with(file: folder.file("keys.yaml")) { server in
            let url = server.address + "/access/v1/evaluation"
            let body = Self.question().utf8
            func status(_ fields: [(String, String)], _ body: [UInt8] = body) async throws -> (Int, String?) {
                let reply = try await server.client.send("POST", url, [json] + fields, body: body)
                return (reply.status, reply.field("WWW-Authenticate"))
            }
            #expect(try await status([]) == (401, "Bearer"))
            #expect(try await status([], Array("no JSON".utf8)) == (401, "Bearer"))
            #expect(try await status([("Authorization", "Bearer three")]) == (401, #"Bearer error="invalid_token""#))
            #expect(try await status([("Authorization", "Basic one")]) == (401, #"Bearer error="invalid_token""#))
            #expect(
                try await status([("Authorization", "Bearer one"), ("Authorization", "Bearer one")])
                    == (401, #"Bearer error="invalid_token""#)
            )
            #expect(try await status([("Authorization", "Bearer one")]) == (200, nil))
            #expect(try await status([("Authorization", "bearer two")]) == (200, nil))
            #expect(try await status([("Authorization", "Bearer one")], Array("no JSON".utf8)) == (400, nil))
            let get = try await server.client.send("GET", url, [("Authorization", "Bearer one")])
            #expect(get.status == 405)
            #expect(get.field("Allow") == "POST")
            #expect(
                try await server.client.send("POST", url, [("Authorization", "Bearer one")], body: body).status == 400
            )
            let types = [
                ("text/json", 400), ("application/jsonp", 400), ("application/json, text/plain", 400),
                ("application/x-www-form-urlencoded", 400), ("Application/JSON", 200),
                ("application/json;charset=utf-8", 200), ("application/json ; charset=\"UTF-8\"", 200),
            ]
            for (type, status) in types {
                let fields = [("Authorization", "Bearer one"), ("Content-Type", type)]
                #expect(try await server.client.send("POST", url, fields, body: body).status == status, "\(type)")
            }
            let large = try await server.client.send(
                "POST",
                url,
                [json, ("Authorization", "Bearer one")],
                body: [UInt8](repeating: 0x20, count: (1 << 20) + 1)
            )
            #expect(large.status == 413)
        }
        try await RunningSidecar.with(file: folder.file("none.yaml")) { server in
            let url = server.address + "/access/v1/evaluation"
            let open = try await server.client.post(url, Self.question())
            #expect(open.status == 200)
            // A proxy on this machine asks for somebody else.
            for address in ["203.0.113.9", "127.0.0.1, 203.0.113.9", "unknown"] {
                #expect(
                    try await server.client.post(url, Self.question(), [("X-Forwarded-For", address)]).status == 403
                )
            }
            #expect(
                try await server.client.post(url, Self.question(), [("X-Forwarded-For", "127.0.0.1")]).status == 200
            )
            // A browser's page, whose name leads to this machine.
            for origin in ["http://evil.example.com:8080", "null", server.address] {
                #expect(try await server.client.post(url, Self.question(), [("Origin", origin)]).status == 403)
            }
        }
    }

    @Test("A request with a great many questions keeps no other waiting", .timeLimit(.minutes(1)))
    func manyQuestions() async throws {
        let items = Array(repeating: "{}", count: 20_000).joined(separator: ",")
        let body = Array(
            #"{"subject":{"type":"user","id":"ann"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"evaluations":[\#(items)]}"#
                .utf8
        )
        try await RunningSidecar.with(files: Self.files) { server in
            try await withThrowingTaskGroup(of: HTTPClient.Reply?.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await server.client.send(
                            "POST",
                            server.address + "/access/v1/evaluations",
                            [("Content-Type", "application/json")],
                            body: body
                        )
                    }
                }
                group.addTask {
                    for _ in 0..<5 {
                        let reply = try await RawConnection.send("GET", "/health/live", port: server.port)
                        #expect(reply.status == 200)
                    }
                    return nil
                }
                let first = try await group.next()
                #expect(first.map { $0 == nil } == true)
                for try await reply in group {
                    #expect(reply?.status == 200)
                    #expect(reply?.body.count == 360_017)
                }
            }
        }
    }

    @Test("Discovery stands behind the well-known part, and never comes from the host")
    func discovery() async throws {
        var configuration = ServerConfiguration()
        configuration.permissionsFrom = .token
        configuration.publicURL = "https://pdp.example.com/tenant/1/"
        try await RunningSidecar.with(configuration) { server in
            let path = "/.well-known/authzen-configuration/tenant/1"
            let reply = try await server.client.send("GET", server.address + path, [("Host", "evil.example.com")])
            #expect(reply.json?["policy_decision_point"] == "https://pdp.example.com/tenant/1/")
            #expect(reply.json?["search_action_endpoint"] == "https://pdp.example.com/tenant/1/access/v1/search/action")
            #expect(!reply.text.contains("evil"))
            #expect(
                try await server.client.send("GET", server.address + "/.well-known/authzen-configuration").status == 404
            )
            #expect(try await server.client.send("POST", server.address + path).status == 405)
            let heads = [
                "", "Host:\r\n", "Host: a.example\r\nHost: evil.example\r\n", "Host: evil.example:99999\r\n",
                "Host: [::1\r\n", "Host: evil.example/../x\r\n",
                "Host: a.example\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n",
            ]
            for head in heads {
                let connection = try RawConnection(port: server.port)
                try connection.send("GET \(path) HTTP/1.1\r\nConnection: close\r\n\(head)\r\n")
                let odd = try await connection.reply()
                #expect(odd.status == 200 ? odd.body == reply.body : odd.status == 400, "\(head): \(odd.text)")
            }
            let whole = try RawConnection(port: server.port)
            try whole.send("GET http://evil.example\(path) HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
            let absolute = try await whole.reply()
            #expect(absolute.status == 404 || absolute.body == reply.body)
        }
    }
}
#endif
