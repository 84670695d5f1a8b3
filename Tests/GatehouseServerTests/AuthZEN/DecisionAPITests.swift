#if Server
import GatehouseBase
import Testing

@testable import GatehouseServer

/// The decision API beyond the published scenario.
struct DecisionAPITests {
    static let policy = """
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

    static let entities = """
        subjects:
          - { type: user, id: ann }
          - { type: user, id: ben }
          - { type: device, id: ann }
        resources:
          - { type: doc, id: d1 }
          - { type: doc, id: d2 }
          - { type: folder, id: f1 }

        """

    static let files = [
        "policy.yaml": policy, "entities.yaml": entities,
        "gatehouse.yaml": "policy: policy.yaml\nentities: entities.yaml\n",
    ]

    static func with(
        _ body:
            @escaping @Sendable (_ ask: @escaping @Sendable (String, JSONValue) async throws -> HTTPClient.Reply)
            async throws ->
            Void
    ) async throws {
        try await RunningSidecar.with(files: files) { server in
            try await body { path, value in try await server.client.post(server.address + "/access/v1/" + path, value) }
        }
    }

    static func question(
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

    @Test("A malformed name is refused with the reason in the context")
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
}
#endif
