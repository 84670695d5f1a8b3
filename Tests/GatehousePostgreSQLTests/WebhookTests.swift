#if PostgreSQL
import Gatehouse
import GatehouseBase
import GatehouseClerk
import GatehousePostgreSQL
import GatehouseTesting
import HTTPTypes
import Testing

@Suite(
    "Webhooks that several nodes share",
    .enabled(if: PostgreSQLServer.isThere, PostgreSQLServer.missing),
    .timeLimit(.minutes(5))
)
struct WebhookTests {
    static let issuer = "https://clerk.acme.example"
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    /// A node that takes Clerk's webhooks.
    struct Node: Sendable {
        let records: PostgreSQLRecords
        let authorizer: Authorizer
        let webhooks: ClerkWebhooks<PostgreSQLRecords>

        private let clock: WallClock

        init(_ url: String, _ name: String, clock: WallClock = .system) async throws {
            self.clock = clock
            records = try await PostgreSQLRecords(
                url: url,
                node: name,
                configuration: .init(heartbeatInterval: .milliseconds(50)),
                clock: clock
            )
            let policy = Policy {
                Role("org:member") { Grants("doc:read") }
                Role("org:admin") { Grants("doc:write") }
            }
            authorizer = Authorizer(
                engine: try PolicyEngine(policy),
                memberships: records.memberships(issuer: WebhookTests.issuer),
                issuer: WebhookTests.issuer,
                marks: records.marks,
                bus: records.bus,
                clock: clock
            )
            webhooks = try ClerkWebhooks(
                records,
                secrets: [WebhookTests.secret],
                authorizer: authorizer,
                audit: records.audit,
                clock: clock
            )
        }

        func send(_ type: String, _ data: JSONValue, at milliseconds: Int, id: String) async throws -> WebhookReception
        {
            let body: JSONValue = [
                "type": .string(type), "object": "event", "timestamp": .number(JSONNumber(milliseconds)),
                "instance_id": "ins_1", "data": data,
            ]
            let signer = WebhookSigner(try WebhookSecret(WebhookTests.secret))
            let fields = try signer.headerFields(id: id, at: clock.now(), body: body.utf8, names: .svix)
            return await webhooks.receive(fields, body: body.utf8)
        }
    }

    static func user(_ id: String, updated: Int) -> JSONValue {
        [
            "id": .string(id), "object": "user", "updated_at": .number(JSONNumber(updated)), "created_at": 1,
            "primary_email_address_id": "e1",
            "email_addresses": [["id": "e1", "email_address": .string("\(updated)@example.com")]],
        ]
    }

    private static func membership(_ user: String, role: String, created: Int, updated: Int) -> JSONValue {
        [
            "id": .string("mem_\(user)"), "object": "organization_membership", "role": .string(role),
            "created_at": .number(JSONNumber(created)), "updated_at": .number(JSONNumber(updated)),
            "organization": ["id": "o", "name": "Acme", "updated_at": 5],
            "public_user_data": ["user_id": .string(user), "first_name": "A"],
        ]
    }

    @Test("each event takes effect once, whichever node takes it, and the events of one object in their order")
    func shared() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        var nodes: [Node] = []
        for name in ["one", "two", "three"] { nodes.append(try await Node(url, name)) }
        try await nodes[0].records.write { rows in
            _ = try rows.database.execute(
                "CREATE TABLE seen (number BIGINT GENERATED ALWAYS AS IDENTITY, id TEXT, email TEXT, PRIMARY KEY (id, email))"
            )
        }
        for node in nodes {
            for type in [WebhookEventType.userCreated, .userUpdated] {
                node.webhooks.on(type) { event, database in
                    try database.execute(
                        "INSERT INTO seen (id, email) VALUES ($1, $2)",
                        [.text(event.data.id), .text(event.data.primaryEmail ?? "")]
                    )
                }
            }
        }
        // Every event twice, to two nodes.
        for version in 1...12 {
            for user in 0..<8 {
                let type = version == 1 ? "user.created" : "user.updated"
                let data = Self.user("u\(user)", updated: version)
                let id = "msg_\(user)_\(version)"
                let first = try await nodes[(user + version) % 3].send(type, data, at: version, id: id)
                let again = try await nodes[(user + version + 1) % 3].send(type, data, at: version, id: id)
                #expect(first == .stored && again == .repeated)
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in nodes {
                group.addTask {
                    while try await !node.records.read({ try $0.webhooks(in: .pending, after: 0, limit: 1) }).isEmpty {
                        _ = try await node.webhooks.processDue()
                    }
                }
            }
            for try await _ in group {}
        }
        let seen = try await nodes[0].records.read { rows in
            try rows.database.rows("SELECT id, email FROM seen ORDER BY number").map {
                (try $0.text(0), try $0.text(1))
            }
        }
        for user in 0..<8 {
            let versions = seen.filter { $0.0 == "u\(user)" }.map { Int($0.1.split(separator: "@")[0]) ?? 0 }
            #expect(versions == versions.sorted())
            #expect(versions.last == 12)
        }
        let failed = try await nodes[0].records.read { try $0.webhooks(in: .dead, after: 0, limit: 1) }
        #expect(failed.isEmpty)
    }

    @Test("a membership that ends by a webhook at one node is refused at another, with the marks of old tokens")
    func revocation() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        let (one, two) = (try await Node(url, "one"), try await Node(url, "two"))
        let following = Task { try await two.authorizer.followBus() }
        defer { following.cancel() }
        func mayWrite() async throws -> Bool {
            try await two.authorizer.isAllowed(organization: "o", user: "u", permission: Permission("doc:write"))
        }
        for round in 0..<10 {
            let (start, end) = (2 * round + 1, 2 * round + 2)
            let user = "u"
            let data = Self.membership(user, role: "org:admin", created: start, updated: start)
                .replacingID("mem_\(round)")
            #expect(
                try await one.send("organizationMembership.created", data, at: start, id: "a\(round)") == .stored
            )
            try await eventually(equals: true) { try await mayWrite() }
            #expect(try await one.send("organizationMembership.deleted", data, at: end, id: "b\(round)") == .stored)
            try await eventually(equals: false) { try await mayWrite() }
        }
    }

    @Test("each node writes a chain of its own, and all of them verify")
    func chains() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        var nodes: [Node] = []
        for name in ["one", "two", "three"] { nodes.append(try await Node(url, name)) }
        let logs = nodes.map(\.records.audit)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, log) in logs.enumerated() {
                group.addTask {
                    for count in 0..<50 { try await log.append(event: "x", user: "u\(number)-\(count)") }
                    try await log.flush()
                }
            }
            for try await _ in group {}
        }
        let (writers, rows) = try await nodes[0].records.read { rows in
            (try rows.auditWriters(), try rows.auditRows(AuditQuery(types: ["x"]), after: 0, limit: 1_000))
        }
        #expect(writers == ["one", "three", "two"])
        #expect(rows.count == 150)
        for writer in writers {
            let own = rows.filter { $0.writer == writer }
            #expect(own.map(\.sequence) == own.map(\.sequence).sorted())
            #expect(Set(own.map(\.sequence)).count == 50)
        }
    }
}

extension JSONValue {
    fileprivate func replacingID(_ id: String) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.map { $0.name == "id" ? JSONMember("id", .string(id)) : $0 })
    }
}
#endif
