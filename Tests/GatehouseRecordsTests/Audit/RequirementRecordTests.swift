import GatehouseBase
import GatehouseRecords
import GatehouseTesting
import Testing

@Suite("Records of requirements that no policy decides")
struct RequirementRecordTests {
    private static let start = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    private static let policy = Policy { Role("reader", grants: ["docs:read"]) }

    /// Records of five requests of a person: two are allowed, by a permission and by a role, and three denied.
    private func recorded(_ configuration: AuditLog.Configuration = .init()) async throws -> (InMemoryRecords, AuditLog)
    {
        let records = InMemoryRecords()
        let clock = ManualClock(Self.start)
        let log = AuditLog(records, configuration: configuration, signer: try .random(name: "m"), clock: clock.wall)
        let authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            issuer: "https://clerk.example",
            observers: [log],
            clock: clock.wall
        )
        let ann = Principal(
            "ann",
            issuer: "https://clerk.example",
            organization: Principal.Organization("org_1"),
            roles: ["reader"],
            factorAges: Principal.FactorAges(first: 0, second: 60),
            tokenKind: .session
        )
        let requirements: [Requirement] = [
            .permission("docs:read"), .role("reader"), .permission("docs:void"), .role("admin"), .factor(.strict),
        ]
        for (index, requirement) in requirements.enumerated() {
            let request = RequestDescription(id: "request-\(index)", address: "192.0.2.1", userAgent: "curl")
            await RequestDescription.$current.withValue(request) {
                _ = await requirement.evaluate(.init(principal: ann, authorizer: authorizer))
            }
        }
        try await log.flush()
        return (records, log)
    }

    private func rows(_ records: InMemoryRecords, _ types: String...) async throws -> [AuditRow] {
        try await records.read { try $0.auditRows(AuditQuery(types: types), after: 0, limit: 100) }
    }

    @Test func `A record says who asked, in which request, what was required, and why it was refused`() async throws {
        let (records, _) = try await recorded()
        let rows = try await rows(records, AuditRecord.requirement)
        #expect(rows.map(\.record.outcome) == [.allowed, .denied, .denied])
        #expect(
            rows.map(\.json) == [
                [
                    "id": .string(rows[0].id), "time": .string(Self.start.description), "type": "requirement",
                    "outcome": "allowed", "user": "ann", "organization": "org_1", "requestID": "request-1",
                    "requirement": "the role reader",
                    "principal": ["issuer": "https://clerk.example", "roles": ["reader"], "tokenKind": "session"],
                    "address": "192.0.2.1", "userAgent": "curl",
                ],
                [
                    "id": .string(rows[1].id), "time": .string(Self.start.description), "type": "requirement",
                    "outcome": "denied", "user": "ann", "organization": "org_1", "requestID": "request-3",
                    "requirement": "the role admin",
                    "principal": ["issuer": "https://clerk.example", "roles": ["reader"], "tokenKind": "session"],
                    "reason": "admin for user ann in org_1 is denied: it is not held",
                    "address": "192.0.2.1", "userAgent": "curl",
                ],
                [
                    "id": .string(rows[2].id), "time": .string(Self.start.description), "type": "requirement",
                    "outcome": "denied", "user": "ann", "organization": "org_1", "requestID": "request-4",
                    "requirement": "second_factor within 10 min", "reverification": "second_factor within 10 min",
                    "principal": ["issuer": "https://clerk.example", "roles": ["reader"], "tokenKind": "session"],
                    "reason": rows[2].json["reason"] ?? .null,
                    "address": "192.0.2.1", "userAgent": "curl",
                ],
            ]
        )
    }

    @Test func `The report counts what they denied, and lists no allowed one`() async throws {
        let (records, _) = try await recorded()
        let report = try await records.read { try AuditReport($0) }
        #expect(report.total == 5 && report.denials == 3)
        #expect(report.events.map(\.record.requestID) == ["request-2", "request-3", "request-4"])
        #expect(report.json["types"] == ["decision": 2, "requirement": 3])
        #expect(report.text.contains("requirement denied ann in org_1: admin for user ann in org_1 is denied"))
        #expect(report.csv.contains(",the role admin\r\n"))
        #expect(report.html.contains("<td>the role admin</td>"))
        #expect(!report.limits.contains { $0.contains("are listed") })
    }

    @Test func `The log verifies with them, and without what redaction takes out`() async throws {
        let (records, log) = try await recorded()
        let verifier = log.verifier
        _ = try await log.checkpoint()
        #expect(try await records.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }.isWhole)
        #expect(try await log.redact(user: "ann") == 5)
        #expect(try await records.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }.isWhole)
        for row in try await rows(records, AuditRecord.requirement) {
            #expect(!row.json.description.contains("ann") && row.json["requirement"] != nil)
        }
    }

    @Test func `No policy decides them again, and no grant is used by them`() async throws {
        let (records, _) = try await recorded()
        let rows = try await rows(records)
        let none = try PolicyEngine(Policy { Role("reader", grants: ["docs:other"]) })
        let (replay, changes) = try await records.read { transaction in
            var replay = AuditReplay(by: none)
            let changes = try replay.replay(rows, transaction)
            return (replay, changes.count)
        }
        #expect(replay.replayed == 2 && replay.notReplayable.isEmpty && changes == 1)
        var unused = UnusedGrants(of: none)
        unused.count(rows)
        #expect(unused.grants.map(\.pattern) == ["docs:other"])
        let named = try await records.read { try $0.decisions(named: "request-3") }
        let row = try #require(named.first)
        #expect(named.count == 1)
        #expect(throws: RecordedDecision.Obstacle.notAPermission) { try RecordedDecision(row) }
    }

    @Test func `Of allowed ones a sample is kept, and every denied one`() async throws {
        let (records, _) = try await recorded(.init(allows: 0))
        #expect(try await rows(records, AuditRecord.requirement).map(\.record.outcome) == [.denied, .denied])
    }
}
