#if Server
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseTokens
import SeededGenerator
import TestSupport
import Testing

@testable import GatehouseServer

/// The decision API beyond the published scenario.
struct DecisionAPITests {
    private static let policy = """
        gatehouse: 1
        permissions:
          doc:read: Read
          doc:write: Write
          doc:notes:read: Read notes
          audit: Audit
          doc:audit: Audit documents
          folder:open: Open folders
        roles:
          reader: { grants: [doc:read] }
          writer: { inherits: [reader], grants: [doc:write] }
          auditor: { grants: [audit, doc:audit, doc:notes:read] }
        rules:
          - id: named
            effect: allow
            roles: ["*"]
            permissions: [folder:open]
            when: { equals: [$action.name, folder:open] }
        assignments:
          - { principal: ann, role: writer }
          - { principal: ben, role: reader, organization: org_1 }
          - { principal: ann, type: device, role: auditor }

        """

    private static let entities = """
        subjects:
          - { type: user, id: ann }
          - { type: user, id: ben }
          - { type: device, id: ann }
        resources:
          - { type: doc, id: d1 }
          - { type: doc, id: d2 }
          - { type: folder, id: f1 }

        """

    private static let files = [
        "policy.yaml": policy, "entities.yaml": entities,
        "gatehouse.yaml": "policy: policy.yaml\nentities: entities.yaml\n",
    ]

    private static func with(
        _ body:
            @escaping @Sendable (_ ask: @escaping @Sendable (String, JSONValue) async throws -> HTTPClient.Reply)
            async throws ->
            Void
    ) async throws {
        try await RunningSidecar.with(files: files) { server in
            try await body { path, value in try await server.client.post(server.address + "/access/v1/" + path, value) }
        }
    }

    private static func question(
        _ subject: JSONValue = ["type": "user", "id": "ann"],
        _ action: String = "read",
        _ resource: JSONValue = ["type": "doc", "id": "d1"]
    ) -> JSONValue {
        ["subject": subject, "action": ["name": .string(action)], "resource": resource]
    }

    @Test("An action is the permission that its name or its resource's type says")
    func actions() async throws {
        let cases: [(JSONValue, String, JSONValue, Bool)] = [
            (["type": "user", "id": "ann"], "read", ["type": "doc", "id": "d1"], true),
            (["type": "user", "id": "ann"], "doc:read", ["type": "folder", "id": "f1"], true),
            (["type": "user", "id": "ann"], "open", ["type": "folder", "id": "f1"], true),
            (["type": "user", "id": "ann"], "audit", ["type": "doc", "id": "d1"], false),
            // An id belongs to its type.
            (["type": "device", "id": "ann"], "audit", ["type": "doc", "id": "d1"], true),
            (["type": "device", "id": "ann"], "read", ["type": "doc", "id": "d1"], false),
            (["type": "device", "id": "ann"], "doc:audit", ["type": "doc", "id": "d1"], true),
            (["type": "device", "id": "ann"], "notes:read", ["type": "doc", "id": "d1"], false),
            (["type": "device", "id": "ann"], "doc:notes:read", ["type": "doc", "id": "d1"], true),
            (["type": "user", "id": "ben"], "read", ["type": "doc", "id": "d1"], false),
            (
                ["type": "user", "id": "ben", "properties": ["organization": "org_1"]], "read",
                ["type": "doc", "id": "d1"], true
            ),
            (
                ["type": "user", "id": "ben", "properties": ["organization": "org_2"]], "read",
                ["type": "doc", "id": "d1"], false
            ),
            // Roles never come from the request.
            (
                ["type": "user", "id": "eve", "properties": ["roles": ["writer"], "role": "writer"]], "read",
                ["type": "doc", "id": "d1"], false
            ),
        ]
        try await Self.with { ask in
            for (subject, action, resource, expected) in cases {
                let reply = try await ask("evaluation", Self.question(subject, action, resource))
                #expect(reply.status == 200)
                #expect(
                    reply.text == (expected ? #"{"decision":true}"# : #"{"decision":false}"#),
                    "\(subject) \(action)"
                )
            }
        }
    }

    @Test("A name that cannot be one is refused with the reason in the context")
    func impossibleNames() async throws {
        let questions: [JSONValue] = [
            Self.question(["type": "a b", "id": "ann"]), Self.question(["type": "", "id": "ann"]),
            Self.question(["type": "user", "id": ""]), Self.question(["type": "user", "id": "ann"], ""),
            Self.question(["type": "user", "id": "ann"], "read it"),
            Self.question(["type": "user", "id": "ann"], "doc::read"),
            Self.question(["type": "user", "id": "ann"], "read", ["type": "a:b", "id": "d1"]),
            Self.question(["type": "user", "id": "ann"], "read", ["type": "doc", "id": ""]),
            Self.question(["type": "user", "id": "ann", "properties": ["organization": ""]]),
            Self.question(["type": "user", "id": "ann", "properties": ["organization": 7]]),
        ]
        try await Self.with { ask in
            for question in questions {
                let reply = try await ask("evaluation", question)
                #expect(reply.status == 200)
                #expect(reply.json?["decision"] == false, "\(question)")
                #expect(reply.json?["context"]?["reason"]?.string?.isEmpty == false, "\(question)")
            }
        }
    }

    @Test("An optional member that is null counts as absent")
    func nulls() async throws {
        let question: JSONValue = [
            "subject": ["type": "user", "id": "ann", "properties": .null],
            "action": ["name": "read", "properties": .null],
            "resource": ["type": "doc", "id": "d1", "properties": .null],
            "context": .null, "evaluations": .null, "options": .null, "page": .null,
        ]
        try await Self.with { ask in
            for path in ["evaluation", "evaluations"] {
                let reply = try await ask(path, question)
                #expect(reply.text == #"{"decision":true}"#)
            }
            let found = try await ask("search/subject", question)
            #expect(found.json?["results"]?.elements.count == 1)
        }
    }

    @Test(
        "A request of another form is 400",
        arguments: [
            ("evaluation", "[]"), ("evaluation", "null"), ("evaluation", "{}"), ("evaluation", #"{"subject":1}"#),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":7},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"}}"#
            ),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":"a"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"context":[]}"#
            ),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":"a"},"subject":{"type":"user","id":"b"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"}}"#
            ),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":"a"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"}} x"#
            ),
            ("evaluations", #"{"options":{"evaluations_semantic":"first"},"evaluations":[{}]}"#),
            ("evaluations", #"{"options":[],"evaluations":[{}]}"#), ("evaluations", #"{"evaluations":{}}"#),
            ("evaluations", #"{"subject":"ann","evaluations":[{}]}"#),
            ("evaluations", #"{"options":{"evaluations_semantic":7},"evaluations":[{}]}"#),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"limit":-1}}"#
            ),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"limit":"1"}}"#
            ),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"limit":1.5}}"#
            ),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":[]}"#
            ),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"token":7}}"#
            ),
            ("search/action", #"{"subject":{"type":"user"},"resource":{"type":"doc","id":"d1"}}"#),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"limit":1e400}}"#
            ),
            (
                "search/subject",
                #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"},"page":{"limit":9223372036854775808}}"#
            ),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":"\ud800"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"}}"#
            ),
            (
                "evaluation",
                #"{"subject":{"type":"user","id":"a"},"action":{"name":"read","properties":{"a":1,"a":2}},"resource":{"type":"doc","id":"d1"}}"#
            ),
            (
                "evaluation",
                "\u{FEFF}"
                    + #"{"subject":{"type":"user","id":"a"},"action":{"name":"read"},"resource":{"type":"doc","id":"d1"}}"#
            ),
            ("evaluation", #"{"context":"# + String(repeating: "[", count: 2_000)),
            (
                "evaluations",
                #"{"evaluations":[{"context":{"a":"# + String(repeating: #"{"a":"#, count: 70) + "1"
                    + String(repeating: "}", count: 70) + "}}]}"
            ),
            ("evaluation", ""), ("evaluation", "\u{0}"), ("evaluation", "{"),
        ]
    )
    func malformed(path: String, body: String) async throws {
        try await RunningSidecar.with(files: Self.files) { server in
            let reply = try await server.client.send(
                "POST",
                server.address + "/access/v1/" + path,
                [("Content-Type", "application/json")],
                body: Array(body.utf8)
            )
            #expect(reply.status == 400, "\(reply.text)")
            #expect(reply.field("Content-Type") == "application/problem+json")
            #expect(reply.json?["detail"]?.string?.isEmpty == false)
            #expect(reply.field("Cache-Control") == "no-store")
        }
    }

    @Test("Items end where the semantic says, and a broken item is refused in its place")
    func semantics() async throws {
        @Sendable func request(_ semantic: String, _ items: JSONValue) -> JSONValue {
            [
                "subject": ["type": "user", "id": "ann"], "resource": ["type": "doc", "id": "d1"],
                "options": ["evaluations_semantic": .string(semantic)], "evaluations": items,
            ]
        }
        let items: JSONValue = [
            ["action": ["name": "read"]], 7, ["action": "read"], ["action": ["name": "audit"]],
            ["action": ["name": "write"]],
        ]
        let yes: JSONValue = ["decision": true]
        let no: JSONValue = ["decision": false]
        try await Self.with { ask in
            let all = try await ask("evaluations", request("execute_all", items))
            #expect(all.json == ["evaluations": [yes, no, no, no, yes]])
            #expect(
                try await ask("evaluations", request("deny_on_first_deny", items)).json == ["evaluations": [yes, no]]
            )
            #expect(
                try await ask("evaluations", request("permit_on_first_permit", items)).json == ["evaluations": [yes]]
            )
            let last: JSONValue = [
                7, ["action": ["name": "audit"]], ["action": ["name": "write"]], ["action": ["name": "read"]],
            ]
            #expect(
                try await ask("evaluations", request("permit_on_first_permit", last)).json == [
                    "evaluations": [no, no, yes]
                ]
            )
            // The single form, which has no action.
            #expect(try await ask("evaluations", request("execute_all", [])).status == 400)
        }
    }

    @Test("A token goes on as before, and with another limit or another question it is refused")
    func tokens() async throws {
        @Sendable func request(_ page: JSONValue, _ action: String = "folder:open") -> JSONValue {
            [
                "subject": ["type": "user", "id": "ann", "properties": ["a": 1, "b": 2]],
                "action": ["name": .string(action)],
                "resource": ["type": "doc"], "page": page,
            ]
        }
        try await Self.with { ask in
            let first = try await ask("search/resource", request(["limit": 1])).json
            let token = first?["page"]?["next_token"] ?? .null
            #expect(first?["results"]?.elements.count == 1)
            let second = try await ask("search/resource", request(["token": token, "unknown": [:]])).json
            #expect(second == ["page": ["next_token": ""], "results": [["type": "doc", "id": "d2"]]])
            #expect(try await ask("search/resource", request(["token": token, "limit": 1])).json == second)
            #expect(try await ask("search/resource", request(["token": token, "limit": 2])).status == 400)
            #expect(try await ask("search/resource", request(["token": token], "doc:read")).status == 400)
            #expect(try await ask("search/subject", request(["token": token])).status == 400)
            #expect(try await ask("search/resource", request(["token": ""])).json?["results"]?.elements.count == 2)
            let none = try await ask("search/resource", request(["limit": 0])).json
            #expect(none?["results"] == [])
            #expect(none?["page"]?["next_token"]?.string?.isEmpty == false)
            // The order of members does not make another question.
            var other = request(["token": token])
            if case .object(let members) = other { other = .object(members.reversed()) }
            #expect(try await ask("search/resource", other).json == second)
            // A search passes over members that it does not use, whatever they are.
            let stray: JSONValue = [
                "subject": ["type": "user", "id": 7], "action": ["name": "doc:read"],
                "resource": ["type": "doc", "id": "d1"],
            ]
            #expect(try await ask("search/subject", stray).json?["results"] == [["type": "user", "id": "ann"]])
            let noAction: JSONValue = [
                "subject": ["type": "user", "id": "ann"], "action": 7, "resource": ["type": "doc", "id": "d1"],
            ]
            #expect(try await ask("search/action", noAction).json?["results"] == [["name": "read"], ["name": "write"]])
        }
    }

    @Test(
        "A token that this search did not give is refused, and one whose place is forged gives nothing that is not allowed"
    )
    func forgedTokens() async throws {
        try await RunningSidecar.with(files: Self.files) { server in
            func search(_ page: JSONValue) async throws -> HTTPClient.Reply {
                try await server.client.post(
                    server.address + "/access/v1/search/resource",
                    [
                        "subject": ["type": "user", "id": "ann"], "action": ["name": "folder:open"],
                        "resource": ["type": "doc"], "page": page,
                    ]
                )
            }
            let all = try await search([:]).json?["results"]?.elements ?? []
            let given = try await search(["limit": 1]).json?["page"]?["next_token"]?.string ?? ""
            let bytes = try #require(Base64URL.decode(given))
            #expect(bytes.count == 49)
            for index in bytes.indices {
                for bit in [UInt8(1), 0x80] {
                    var forged = bytes
                    forged[index] ^= bit
                    let reply = try await search(["token": .string(Base64URL.encode(forged))])
                    // The version, and what tells the search from others; a place and a limit may be anything that is a number.
                    guard (1..<17).contains(index) else {
                        #expect(reply.status == 400)
                        continue
                    }
                    #expect(reply.status == 200 || reply.status == 400)
                    let results = reply.json?["results"]?.elements ?? []
                    #expect(results.allSatisfy { all.contains($0) })
                }
            }
            for token in ["a", "===", given + "A", String(given.dropLast()), String(repeating: "A", count: 300)] {
                #expect(try await search(["token": .string(token)]).status == 400)
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

    @Test("Who may ask is judged before the body, and by the address where there are no keys")
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

    @Test("A search gives what evaluation allows, and nothing else", arguments: UInt64(1)...20)
    func searchIsEvaluation(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let world = try RandomWorld(using: &generator)
        let point = try world.decisionPoint()
        for _ in 0..<20 {
            let asked = world.question(using: &generator)
            for search in [DecisionPoint.Search.subject, .resource, .action] {
                let limit = Int.random(in: 1...3, using: &generator)
                let found = try await results(of: search, asked, point, limit: limit)
                for (candidate, evaluation) in world.candidates(search, asked, point) {
                    let body = try JSONDocument(parsing: evaluation.utf8).root
                    let isAllowed = try await point.evaluation(body)["decision"] == true
                    #expect(isAllowed == found.contains(candidate), "\(search) \(candidate) \(asked)")
                }
            }
        }
    }

    /// All pages of a search; with and without pages the results are the same.
    private func results(
        of search: DecisionPoint.Search,
        _ asked: JSONValue,
        _ point: DecisionPoint,
        limit: Int
    ) async throws -> [JSONValue] {
        let whole = try await point.search(search, JSONDocument(parsing: asked.utf8).root)["results"]?.elements ?? []
        var paged: [JSONValue] = []
        var token = ""
        repeat {
            var page: [JSONMember] = [JSONMember("limit", .number(JSONNumber(limit)))]
            if !token.isEmpty { page.append(JSONMember("token", .string(token))) }
            guard case .object(let members) = asked else { break }
            let request = JSONValue.object(members + [JSONMember("page", .object(page))])
            let answer = try await point.search(search, JSONDocument(parsing: request.utf8).root)
            paged += answer["results"]?.elements ?? []
            token = answer["page"]?["next_token"]?.string ?? ""
        } while !token.isEmpty && paged.count <= whole.count
        #expect(paged == whole)
        return whole
    }
}
#endif
