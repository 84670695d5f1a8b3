#if SQLite
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

struct AuditDecisionTests {
    private static let policy = Policy(
        roles: [
            Role("reader", grants: ["docs:read"]),
            Role("editor", inherits: ["reader"], grants: ["docs:edit", "docs:print"]),
        ],
        rules: [
            Rule(
                "own",
                .allow,
                permissions: ["docs:delete"],
                roles: [Rule.everyone],
                when: .equals("$resource.ownerID", "$principal.id")
            )
        ],
        assignments: [Assignment("editor", to: "boss")]
    )

    /// Decisions of a small service, recorded.
    private func recorded(in folder: TemporaryFolder) async throws -> (SQLiteRecords, PolicyEngine) {
        let clock = ManualClock(ClerkSender.start)
        let records = try await SQLiteRecords(path: folder.database, audit: .init(durable: true), clock: clock.wall)
        let engine = try PolicyEngine(Self.policy)
        let authorizer = Authorizer(
            engine: engine,
            memberships: records.memberships(issuer: ""),
            issuer: "",
            observers: [records.audit],
            clock: clock.wall
        )
        try await authorizer.assign(
            RoleAssignment("reader", notAfter: clock.now.advanced(by: .seconds(60))),
            to: Member("ann", in: "o", issuer: "")
        )
        clock.advance(by: .seconds(1))
        let request = RequestDescription(id: "req-1", address: "192.0.2.1", userAgent: "curl")
        let answers = try await RequestDescription.$current.withValue(request) {
            [
                try await authorizer.isAllowed(organization: "o", user: "ann", permission: "docs:read"),
                try await authorizer.isAllowed(organization: "o", user: "ann", permission: "docs:edit"),
            ]
        }
        #expect(answers == [true, false])
        let own = Resource(type: "doc", id: "7", attributes: ["ownerID": "ann", "secret": "not read by the policy"])
        let ann = Principal("ann", organization: "o", attributes: ["email": "not read either"])
        #expect(try await authorizer.isAllowed("docs:delete", for: ann, on: own))
        let outcome = await Requirement.permission("docs:print").evaluate(
            Requirement.Context(principal: Principal("boss"), authorizer: authorizer)
        )
        #expect(outcome == .allowed)
        clock.advance(by: .seconds(120))
        #expect(try await !authorizer.isAllowed(organization: "o", user: "ann", permission: "docs:read"))
        return (records, engine)
    }

    private func decisions(_ records: SQLiteRecords) async throws -> [AuditRow] {
        try await records.read { try $0.auditRows(AuditQuery(types: [AuditRecord.decision]), after: 0, limit: 100) }
    }

    @Test func `Every decision is recorded with what it takes to decide again, and no other attributes`() async throws {
        let folder = try TemporaryFolder()
        let (records, engine) = try await recorded(in: folder)
        let rows = try await decisions(records)
        #expect(rows.map(\.record.outcome) == [.allowed, .denied, .allowed, .allowed, .denied])
        #expect(rows[0].record.requestID == "req-1")
        #expect(rows[0].json["address"] == "192.0.2.1")
        #expect(rows[2].json["resource"]?["attributes"] == ["ownerID": "ann"])
        for row in rows { #expect(!row.json.description.contains("not read")) }
        // By ids, roles are loaded: the record names the state that they come from.
        let member = Member("ann", in: "o", issuer: "")
        let held = try await records.memberships(issuer: "").membership(of: member)
        let revision = try #require(held?.revision)
        #expect(rows[0].json["membershipRevision"] == .number(JSONNumber(Int(revision.number))))
        // Of a credential that says all of its roles, nothing was loaded.
        let claimed = Authorizer(engine: engine, issuer: "", observers: [records.audit])
        #expect(try await claimed.isAllowed("docs:read", for: Principal("zoe", roles: ["reader"])))
        let last = try #require(try await decisions(records).last)
        #expect(last.record.user == "zoe" && last.json["membershipRevision"] == nil)
        for row in rows {
            let decision = try RecordedDecision(row)
            #expect(decision.decide(by: engine).isAllowed == decision.wasAllowed)
        }
    }

    @Test func `A request that is named as a record is does not hide that record`() async throws {
        let folder = try TemporaryFolder()
        let (records, engine) = try await recorded(in: folder)
        let first = try #require(try await decisions(records).first)
        let authorizer = Authorizer(engine: engine, issuer: "", observers: [records.audit])
        try await RequestDescription.$current.withValue(RequestDescription(id: first.id)) {
            _ = try await authorizer.isAllowed("docs:read", for: Principal("mallory"))
        }
        let named = try await records.read { try $0.decisions(named: first.id) }
        #expect(named.map(\.record.user) == ["ann", "mallory"])
        #expect(try await records.read { try $0.decisions(named: "req-1").count } == 2)
        for name in [
            "", "-", "gatehouse-", "gatehouse--1", "gatehouse-9223372036854775807", "gatehouse-99999999999999999999",
        ] {
            #expect(try await records.read { try $0.decisions(named: name) } == [], "\(name)")
        }
    }

    @Test func `Replaying the policy in force changes nothing, and a stricter one what it takes away`() async throws {
        let folder = try TemporaryFolder()
        let (records, engine) = try await recorded(in: folder)
        let rows = try await decisions(records)
        func replay(_ engine: PolicyEngine) async throws -> (AuditReplay, [AuditReplay.Change]) {
            try await records.read { stored in
                var replay = AuditReplay(by: engine)
                let changes = try replay.replay(rows, stored)
                return (replay, changes)
            }
        }
        let (same, none) = try await replay(engine)
        #expect(same.replayed == 5 && none.isEmpty && same.notReplayable.isEmpty)
        var policy = Self.policy
        policy.roles[0].grants = []
        let (stricter, changes) = try await replay(try PolicyEngine(policy))
        #expect(stricter.changed == 1)
        #expect(changes.map(\.id) == [rows[0].id])
        policy.rules[0].condition = .equals("$resource.region", "eu")
        let (other, _) = try await replay(try PolicyEngine(policy))
        #expect(other.notReplayable == [.attributesNotRecorded: 1])
        try await records.audit.redact(user: "boss")
        let after = try await decisions(records)
        let redacted = try await records.read { stored in
            var replay = AuditReplay(by: engine)
            _ = try replay.replay(after, stored)
            return replay.notReplayable
        }
        #expect(redacted == [.redacted: 1])
    }

    @Test func `A recorded policy is the same policy, and unused grants can go`() async throws {
        let folder = try TemporaryFolder()
        let (records, engine) = try await recorded(in: folder)
        let stored = try #require(try await records.read { try $0.policy(revision: engine.revision.text) })
        #expect(try stored.engine().policy == Self.policy)
        var unused = UnusedGrants(of: engine)
        unused.count(try await decisions(records))
        #expect(unused.grants.map { "\($0.role) \($0.pattern)" } == ["editor docs:edit"])
        // Nobody who was redacted made a grant unused.
        #expect(try await records.audit.redact(user: "boss") == 1)
        var redacted = UnusedGrants(of: engine)
        redacted.count(try await decisions(records))
        #expect(redacted.grants == unused.grants)
    }

    @Test func `Who could is answered by the roles of then`() async throws {
        let folder = try TemporaryFolder()
        let (records, _) = try await recorded(in: folder)
        let store = records.memberships(issuer: "")
        try await store.remove(role: "reader", from: Member("ann", in: "o", issuer: ""))
        let (then, later) = (
            ClerkSender.start.advanced(by: .seconds(30)), ClerkSender.start.advanced(by: .seconds(1_000))
        )
        let holders = try await records.read { rows in
            (
                try rows.whoCould("docs:read", at: then, issuer: "")?.map(\.principal),
                try rows.whoCould("docs:read", at: later, issuer: "")?.map(\.principal)
            )
        }
        #expect(holders.0 == ["ann", "boss"])
        #expect(holders.1 == ["boss"])
    }

    @Test func `A log that cannot keep a decision keeps it from being given`() async throws {
        let folder = try TemporaryFolder()
        let records = try await SQLiteRecords(path: folder.database, audit: .init(whenFull: .refuse, capacity: 1))
        let authorizer = Authorizer(
            engine: try PolicyEngine(Policy(assignments: [])),
            memberships: InMemoryMemberships(),
            issuer: "",
            observers: [records.audit]
        )
        #expect(try await !authorizer.isAllowed(organization: nil, user: "u", permission: "a:b"))
        let error = await #expect(throws: AuthorizerError.self) {
            try await authorizer.isAllowed(organization: nil, user: "u", permission: "a:b")
        }
        #expect(error?.code == .observerFailed)
        let context = Requirement.Context(principal: Principal("u"), authorizer: authorizer)
        guard case .unavailable = await Requirement.permission("a:b").evaluate(context) else {
            Issue.record("a decision that was not kept was given")
            return
        }
        try await records.audit.flush()
        #expect(try await !authorizer.isAllowed(organization: nil, user: "u", permission: "a:b"))
    }
}
#endif
