#if SQLite
import Foundation
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import SeededGenerator
import TestSupport
import Testing

/// Histories of 10,000 changes, recorded, and asked about: each answer is that of a naive model, which shares no code with the library.
struct HistoryTests {
    private static let issuer = "https://i"
    private static let start = Timestamp(clampingMilliseconds: 1_700_000_000_000)

    private static func time(_ second: Int) -> Timestamp { start.advanced(by: .seconds(second)) }

    /// Lets a service live through a history.
    private static func records(of history: HistoryModel, in folder: TemporaryFolder) async throws -> SQLiteRecords {
        let clock = ManualClock(start)
        let records = try await SQLiteRecords(
            path: folder.database,
            audit: .init(capacity: history.changes.count + 1, batch: 1_024),
            clock: clock.wall
        )
        let policy = CurrentPolicy(try PolicyEngine(Policy()))
        let authorizer = Authorizer(
            policy: policy,
            memberships: records.memberships(issuer: issuer),
            issuer: issuer,
            observers: [records.audit],
            clock: clock.wall
        )
        for (index, change) in history.changes.enumerated() {
            clock.step(to: time(index + 1))
            switch change {
            case .policy(let new):
                policy.replace(with: try PolicyEngine(new.policy))
                try await records.audit.keep(policy.engine)
            case .assign(let new):
                let role = RoleAssignment(new.role, notAfter: new.until.map { time($0) })
                try await authorizer.assign(role, to: Member(new.user, in: new.organization, issuer: issuer))
            case .remove(let old):
                try await authorizer.remove(
                    role: old.role,
                    from: Member(old.user, in: old.organization, issuer: issuer)
                )
            case .ask(let user, let organization, let permission):
                _ = try await authorizer.isAllowed(
                    organization: organization,
                    user: user,
                    permission: try Permission(validating: permission)
                )
            }
        }
        try await records.audit.flush()
        return records
    }

    private static func decisions(_ records: SQLiteRecords) async throws -> [AuditRow] {
        try await records.read { try $0.auditRows(AuditQuery(types: [AuditRecord.decision]), after: 0, limit: .max) }
    }

    private static let seeds =
        ProcessInfo.processInfo.environment["GATEHOUSE_HISTORIES"].flatMap { UInt64($0) }.map { Array(1...$0) } ?? [1]

    @Test(arguments: seeds)
    func `Replay, explain, who-could and unused answer as a naive model does`(_ seed: UInt64) async throws {
        let history = HistoryModel(seed: seed, count: 10_000)
        let folder = try TemporaryFolder()
        let records = try await Self.records(of: history, in: folder)
        let (policy, _, asked) = history.state(after: history.changes.count)
        let rows = try await Self.decisions(records)
        try #require(rows.count == asked.count && asked.count > 7_000)

        // The records, and what explains them.
        let outcomes = rows.map { $0.record.outcome == .allowed }
        #expect(outcomes == asked.map { $0.isAllowed(by: $0.policy) })
        #expect(rows.allSatisfy { $0.json["membershipRevision"] != nil })
        let explained = try await records.read { stored in
            var replay = AuditReplay(by: try PolicyEngine(Policy()))
            return try rows.map { row in
                let decision = try RecordedDecision(row)
                let engine = try #require(try replay.engine(of: decision.revision, stored))
                let explanation = decision.explain(by: engine).decision
                return explanation.isAllowed == decision.wasAllowed && decision.decide(by: engine) == explanation
            }
        }
        #expect(!explained.contains(false))

        // Other policies over the same log, and the one in force over what it decided itself.
        var random = SeededGenerator(seed: seed &+ 99)
        for other in [policy] + (0..<4).map({ _ in HistoryModel.policy(&random) }) {
            let engine = try PolicyEngine(other.policy)
            let (replay, changes) = try await records.read { stored in
                var replay = AuditReplay(by: engine)
                let changes = try replay.replay(rows, stored)
                return (replay, changes)
            }
            let expected = zip(rows, asked).filter { row, asked in
                asked.isAllowed(by: other) != (row.record.outcome == .allowed)
            }.map(\.0.id)
            #expect(changes.map(\.id) == expected)
            #expect(replay.replayed == rows.count && replay.changed == expected.count && replay.notReplayable.isEmpty)
        }
        let revision = try PolicyEngine(policy.policy).revision.text
        let own = try rows.filter { try RecordedDecision($0).revision == revision }
        let ownEngine = try PolicyEngine(policy.policy)
        #expect(!own.isEmpty)
        #expect(try await records.read { stored in try AuditReplay.changes(of: own, by: ownEngine, stored) }.isEmpty)

        // Who could, at random times.
        for _ in 0..<40 {
            let second = Int.random(in: 1...history.changes.count, using: &random)
            let permission = HistoryModel.permission(&random)
            let (then, held, _) = history.state(after: second)
            let expected = HistoryModel.users.flatMap { user in
                HistoryModel.organizations.filter { organization in
                    then.allows(then.names(held, user, organization, at: second), permission)
                }.map { "\(user) \($0)" }
            }
            let time = Self.time(second).advanced(by: .milliseconds(500))
            let asked = try Permission(validating: permission)
            let holders = try #require(
                try await records.read { try $0.whoCould(asked, at: time, issuer: Self.issuer) }
            )
            #expect(Set(holders.map { "\($0.principal) \($0.organization ?? "")" }) == Set(expected), "\(second)")
        }

        // Grants that nobody needed, and what the log says of a policy without these.
        var unused = UnusedGrants(of: ownEngine)
        unused.count(rows)
        let needed = Set(
            zip(outcomes, asked).filter(\.0).flatMap { _, asked in
                policy.needed(
                    policy.names(asked.held, asked.user, asked.organization, at: asked.second),
                    asked.permission
                )
            }
        )
        let all = policy.roles.flatMap { role in role.grants.map { "\(role.name) \($0)" } }
        let proposed = unused.grants.map { "\($0.role) \($0.pattern)" }
        #expect(proposed == all.filter { !needed.contains($0) })
        var reduced = policy
        for index in reduced.roles.indices {
            let name = reduced.roles[index].name
            reduced.roles[index].grants.removeAll { proposed.contains("\(name) \($0)") }
        }
        let reducedEngine = try PolicyEngine(reduced.policy)
        let (before, after) = try await records.read { stored in
            let allowed = rows.filter { $0.record.outcome == .allowed }
            return (
                try AuditReplay.changes(of: allowed, by: ownEngine, stored),
                try AuditReplay.changes(of: allowed, by: reducedEngine, stored)
            )
        }
        #expect(before == after)
    }
}

extension AuditReplay {
    /// The ids of decisions that come out otherwise.
    fileprivate static func changes(of rows: [AuditRow], by engine: PolicyEngine, _ stored: some AuditRows) throws
        -> [String]
    {
        var replay = AuditReplay(by: engine)
        return try replay.replay(rows, stored).map(\.id)
    }
}
#endif
