#if Server
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import HTTPTypes
import Logging
import Synchronization
import TestSupport
import Testing

@testable import GatehouseServer

/// Webhooks and records on SQLite.
struct RecordsTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private static func configuration(_ fixture: ForwardAuthFixture, _ more: String = "") throws -> ServerConfiguration
    {
        let file = ForwardAuthFixture.file.replacing(
            "  authorizedParties:",
            with: "  webhookSecrets: [\(secret)]\n  authorizedParties:"
        )
        try fixture.folder.write(file + "store: sqlite:gatehouse.db\n" + more, to: "gatehouse.yaml")
        return try fixture.configuration()
    }

    private static func removal(of user: String, from organization: String) -> JSONValue {
        let now = WallClock.system.now()
        let milliseconds = JSONValue.number(JSONNumber(Int(now.secondsSinceEpoch * 1_000)))
        return [
            "type": "organizationMembership.deleted", "object": "event", "instance_id": "ins_1",
            "timestamp": milliseconds,
            "data": [
                "id": "orgmem_1", "object": "organization_membership", "role": "org:member", "created_at": milliseconds,
                "updated_at": milliseconds, "organization": ["id": .string(organization), "name": "A", "slug": "a"],
                "public_user_data": ["user_id": .string(user), "identifier": "a@example.com"],
            ],
        ]
    }

    private static func deliver(
        _ server: RunningSidecar,
        _ body: [UInt8],
        id: String = "msg_1",
        secret: String = secret
    ) async throws -> HTTPClient.Reply {
        let signer = WebhookSigner(try WebhookSecret(secret))
        let fields = try signer.headerFields(id: id, at: WallClock.system.now(), body: body, names: .svix)
        return try await server.client.send(
            "POST",
            server.address + "/webhooks/clerk",
            fields.map { ($0.name.rawName, $0.value) },
            body: body
        )
    }

    @Test("A webhook that takes a membership away makes earlier tokens 401")
    func revocation() async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        try await RunningSidecar.with(try Self.configuration(fixture)) { server in
            let token = try fixture.token()
            func status() async throws -> Int {
                try await server.client.send(
                    "GET",
                    server.address + "/forward-auth/api/invoices/7",
                    [("Authorization", "Bearer \(token)")]
                ).status
            }
            #expect(try await status() == 200)
            let body = Self.removal(of: "user_1", from: "org_1").utf8
            #expect(try await Self.deliver(server, body).status == 200)
            #expect(try await status() == 401)
            // A repeated one, and one that is no event.
            #expect(try await Self.deliver(server, body).status == 200)
            #expect(try await Self.deliver(server, Array("no event".utf8), id: "msg_2").status == 200)
            // Refusals.
            #expect(
                try await Self.deliver(server, body, id: "msg_3", secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                    .status == 400
            )
            #expect(try await server.client.send("POST", server.address + "/webhooks/clerk", body: body).status == 400)
            #expect(try await server.client.send("GET", server.address + "/webhooks/clerk").status == 405)
            let large = [UInt8](repeating: 0x20, count: (1 << 20) + 1)
            #expect(try await Self.deliver(server, large, id: "msg_4").status == 413)
            let ready = try await server.client.send("GET", server.address + "/health/ready").json
            #expect(ready?["store"]?["status"] == "ok")
        }
    }

    @Test("Each result of a search is recorded as a decision, and a candidate that is left out is not recorded")
    func searches() async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        try fixture.folder.write(
            """
            gatehouse: 1
            permissions: { doc:read: Read }
            roles: { reader: { grants: [doc:read] } }
            assignments:
              - { principal: ann, role: reader, resource: "doc:1" }
              - { principal: ann, role: reader, resource: "doc:3" }
              - { principal: ann, role: reader, resource: "doc:4" }

            """,
            to: "policy.yaml"
        )
        try fixture.folder.write(
            "subjects: [{ type: user, id: ann }]\nresources:\n"
                + (1...4).map { "  - { type: doc, id: '\($0)' }\n" }.joined(),
            to: "entities.yaml"
        )
        try fixture.folder.write(
            "policy: policy.yaml\nentities: entities.yaml\nstore: sqlite:gatehouse.db\n",
            to: "gatehouse.yaml"
        )
        try await RunningSidecar.with(try fixture.configuration()) { server in
            let reply = try await server.client.post(
                server.address + "/access/v1/search/resource",
                [
                    "subject": ["type": "user", "id": "ann"], "action": ["name": "read"],
                    "resource": ["type": "doc"], "page": ["limit": 2],
                ],
                [("X-Request-Id", "search-1")]
            )
            #expect(reply.json?["results"] == [["type": "doc", "id": "1"], ["type": "doc", "id": "3"]])
        }
        let records = try await SQLiteRecords(path: fixture.folder.file("gatehouse.db"), isReadOnly: true)
        let query = AuditQuery(types: [AuditRecord.decision], requestID: "search-1")
        let rows = try await records.read { try $0.auditRows(query, after: 0, limit: 100) }
        #expect(rows.map(\.record.outcome) == [.allowed, .allowed])
        #expect(rows.map { $0.json["resource"]?["id"] } == ["1", "3"])
        #expect(rows.allSatisfy { $0.record.user == "ann" })
    }

    @Test(
        "A refusal that a proxy asks about once more is recorded and logged once, with the path and without the query"
    )
    func askingAgain() async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        let lines = Mutex<[String]>([])
        let logger = Logger(label: "gatehouse") { label in
            JSONLogHandler(label: label, clock: .system) { line in
                lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            }
        }
        try await RunningSidecar.with(try Self.configuration(fixture), logger: logger) { server in
            let turns: [[(String, String)]] = [[], [("X-Gatehouse-Refusal", "1")]]
            for again in turns {
                let fields = [
                    ("Authorization", "Bearer \(try fixture.token())"), ("X-Request-Id", "req-1"),
                    ("X-Original-Method", "DELETE"), ("X-Original-URI", "/api/invoices/7?code=secret"),
                ]
                let reply = try await server.client.send("GET", server.address + "/forward-auth", fields + again)
                #expect(reply.status == 403)
            }
        }
        let records = try await SQLiteRecords(path: fixture.folder.file("gatehouse.db"), isReadOnly: true)
        let rows = try await records.read { try $0.auditRows(AuditQuery(requestID: "req-1"), after: 0, limit: 10) }
        #expect(rows.map(\.record.outcome) == [.denied])
        let rejected = lines.withLock { $0 }.filter { $0.contains("Request rejected") }
        #expect(rejected.count == 1)
        #expect(rejected.first?.contains(#""gatehouse.request.path":"/api/invoices/7""#) == true, "\(rejected)")
        #expect(rejected.first?.contains(#""gatehouse.request.method":"DELETE""#) == true)
        #expect(lines.withLock { $0 }.allSatisfy { !$0.contains("code=") })
    }

    @Test(
        "A refusal by a requirement that is no permission, and by a closed route, is recorded with the request's id and address",
        arguments: [
            ("/orgs/org_2/a", "the organization {org}"), ("/step-up", "second_factor within 10 min"),
            ("/nowhere", nil),
        ] as [(String, String?)]
    )
    func requirements(path: String, requirement: String?) async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        let token = try fixture.staleToken()
        try await RunningSidecar.with(try Self.configuration(fixture)) { server in
            let fields = [
                ("Authorization", "Bearer \(token)"), ("X-Request-Id", "req-1"), ("X-Forwarded-For", "203.0.113.7"),
            ]
            let reply = try await server.client.send("GET", server.address + "/forward-auth" + path, fields)
            #expect(reply.status == 403)
            // Nobody is known here, and so nothing is recorded.
            #expect(try await server.client.send("GET", server.address + "/forward-auth" + path).status == 401)
        }
        let records = try await SQLiteRecords(path: fixture.folder.file("gatehouse.db"), isReadOnly: true)
        let query = AuditQuery(types: [AuditRecord.requirement])
        let rows = try await records.read { try $0.auditRows(query, after: 0, limit: 10) }
        let row = try #require(rows.first)
        #expect(rows.count == 1 && row.record.outcome == .denied && row.record.requestID == "req-1")
        #expect(row.record.organization == "org_1" && row.record.user != nil)
        #expect(row.json["requirement"]?.string == requirement && row.json["reason"] != nil)
        #expect(row.json["address"] == "203.0.113.7")
        #expect(try await records.read { try AuditReport($0) }.denials == 1)
    }

    @Test("Decisions are recorded with the request's id and address")
    func audit() async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        let configuration = try Self.configuration(fixture, "audit: { durable: true }\n")
        try await RunningSidecar.with(configuration) { server in
            _ = try await server.client.send(
                "GET",
                server.address + "/forward-auth/api/invoices/7",
                [
                    ("Authorization", "Bearer \(try fixture.token())"), ("X-Request-Id", "req-1"),
                    ("X-Forwarded-For", "203.0.113.7"),
                ]
            )
            _ = try await server.client.post(
                server.address + "/access/v1/evaluation",
                [
                    "subject": ["type": "user", "id": "ann"], "action": ["name": "org:invoices:read"],
                    "resource": ["type": "doc", "id": "1"],
                ],
                [("X-Request-Id", "req-2")]
            )
        }
        let records = try await SQLiteRecords(path: fixture.folder.file("gatehouse.db"), isReadOnly: true)
        let rows = try await records.read { try $0.auditRows(AuditQuery(), after: 0, limit: 100) }
        let first = rows.first { $0.record.requestID == "req-1" }
        #expect(first?.json.description.contains("203.0.113.7") == true)
        #expect(first?.record.outcome == .allowed)
        let second = rows.first { $0.record.requestID == "req-2" }
        #expect(second?.record.outcome == .denied)
        #expect(rows.contains { $0.record.type == "audit.stopped" })
    }
}
#endif
