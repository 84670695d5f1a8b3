#if Server
import ArgumentParser
import Gatehouse
import GatehousePolicyFiles
import GatehouseRecords

/// The command `gatehouse audit replay`.
struct AuditReplayCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Makes recorded decisions again by another policy, and prints those that come out otherwise.",
        discussion: """
            A line for each: `{"id","was","now","reasons"}`; the last is `{"replayed","changed","notReplayable":{REASON:COUNT}}`. \
            A decision cannot be made again where the policy reads an attribute that was not recorded \
            (attributes-not-recorded), who asked was redacted (redacted), or a credential decided alone \
            (decided-by-credential). Records of other requirements, such as a role or a step up, are passed over: no policy decided \
            them. Exits with 1 where any came out otherwise.

              gatehouse audit replay --store sqlite:gatehouse.db --policy new.yaml --since 2026-01-01
            """
    )

    @OptionGroup var store: StoreOption
    @OptionGroup var period: PeriodOption

    @Option(help: ArgumentHelp("The policy document, in YAML or JSON.", valueName: "file"))
    var policy: String

    func run(on records: some CommandRecords) async throws {
        var replay = AuditReplay(by: try PolicyEngine.reading(policy))
        try await records.logReading("replay")
        try await records.forEachPage(period.query(types: [AuditRecord.decision])) { page in
            let begun = replay
            let (next, changes) = try await records.read { rows in
                var replay = begun
                let changes = try replay.replay(page, rows)
                return (replay, changes)
            }
            replay = next
            for change in changes {
                let line: JSONValue = [
                    "id": .string(change.id), "was": .string(change.was ? "allowed" : "denied"),
                    "now": .string(change.now.isAllowed ? "allowed" : "denied"),
                    "reasons": JSONValue(change.now.reasons),
                ]
                try standardOutput(line.line)
            }
        }
        let obstacles = replay.notReplayable.sorted { $0.key.rawValue < $1.key.rawValue }
        let summary: JSONValue = [
            "replayed": .number(JSONNumber(replay.replayed)), "changed": .number(JSONNumber(replay.changed)),
            "notReplayable": .object(obstacles.map { JSONMember($0.key.rawValue, .number(JSONNumber($0.value))) }),
        ]
        try standardOutput(summary.line)
        if replay.changed > 0 { throw ExitStatus.no }
    }
}

/// The command `gatehouse audit explain`.
struct AuditExplainCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains recorded decisions by the policy of then.",
        discussion: """
            Prints for each decision of the record or request the record, and behind it `explanation`: the answer of \
            `gatehouse policy explain` under the policy of then; null where it cannot be made again, and `obstacle` says why \
            (not-a-permission: a requirement such as a role or a step up, which no policy decides). \
            Exits with 1 where there is no such record.
            """
    )

    @OptionGroup var store: StoreOption

    @Argument(help: "A record's id, such as gatehouse-17, or a request's.")
    var id: String

    func run(on records: some CommandRecords) async throws {
        let id = id
        try await records.logReading("explain")
        let lines = try await records.read { rows in
            try rows.decisions(named: id).map { row -> JSONValue in
                guard case .object(var members) = row.json else { return .null }
                do throws(RecordedDecision.Obstacle) {
                    let decision = try RecordedDecision(row)
                    var replay = AuditReplay(by: try PolicyEngine.empty())
                    let engine = try? replay.engine(of: decision.revision, rows)
                    guard let engine else { throw .unknownPolicy }
                    members.append(
                        JSONMember("explanation", JSONValue(answering: row.id, decision.explain(by: engine)))
                    )
                } catch {
                    members.append(JSONMember("explanation", .null))
                    members.append(JSONMember("obstacle", .string(error.rawValue)))
                }
                return .object(members)
            }
        }
        for line in lines { try standardOutput(line.line) }
        guard !lines.isEmpty else {
            standardError("\(id.printable): there is no such record of a decision")
            throw ExitStatus.no
        }
    }
}

extension PolicyEngine {
    fileprivate static func empty() throws(RecordedDecision.Obstacle) -> PolicyEngine {
        guard let engine = try? PolicyEngine(Policy()) else { throw .unknownPolicy }
        return engine
    }
}
#endif
