#if Server
import ArgumentParser
import Gatehouse
import GatehouseRecords

/// The command `gatehouse audit who-could`.
struct AuditWhoCouldCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "who-could",
        abstract: "Lists who had a permission at a time, by the policy and the roles of then.",
        discussion: """
            Each line is that of `gatehouse policy who-can`. Roles that only a token carried are not among the records. Exits \
            with 2 where no policy of then is among the records.
            """
    )

    @OptionGroup var store: StoreOption

    @Option(help: ArgumentHelp("When: RFC 3339, a date (its begin in UTC) or Unix seconds.", valueName: "time"))
    var at: TimeOption

    @Argument(help: "The permission's name.")
    var permission: String

    func validate() throws {
        do {
            _ = try Permission(validating: permission)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run(on records: some CommandRecords) async throws {
        let (asked, time) = (try Permission(validating: permission), at.time)
        try await records.logReading("who-could")
        let holders = try await records.read { rows -> [PolicyEngine.PermittedPrincipal]? in
            var issuers = try rows.roleIssuers()
            if issuers.isEmpty { issuers = [""] }
            var holders: [PolicyEngine.PermittedPrincipal] = []
            for issuer in issuers {
                guard let found = try rows.whoCould(asked, at: time, issuer: issuer) else { return nil }
                holders += found
            }
            return holders
        }
        guard let holders else { throw CommandFailure("the records have no policy that was in force at \(time)") }
        if holders.isEmpty { standardError("nobody, by the policy and the roles that the records hold of then") }
        var printed: Set<String> = []
        for holder in holders {
            let line: JSONValue = [
                "principal": .string(holder.principal), "organization": JSONValue(holder.organization),
                "resource": JSONValue(holder.resource?.description), "conditional": .bool(holder.isConditional),
            ]
            if printed.insert(line.description).inserted { try standardOutput(line.line) }
        }
    }
}

/// The command `gatehouse audit unused`.
struct AuditUnusedCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "unused",
        abstract: "Lists the grants of the policy in force that no allowed decision of a period needed.",
        discussion: """
            A line for each: `{"role","pattern"}`; the last is `{"since","until","gaps":[…]}`. Without these grants every decision \
            of the period comes out as it was, but for those in the gaps: times of which records may be missing, as the process did \
            not end by itself, or as only a part of the allowed decisions was kept (`{"writer","since","until","reason","allows"}`).
            """
    )

    @OptionGroup var store: StoreOption

    @Option(help: ArgumentHelp("From when on: RFC 3339, a date (its begin in UTC) or Unix seconds.", valueName: "time"))
    var since: TimeOption

    func run(on records: some CommandRecords) async throws {
        let (since, until) = (since.time, WallClock.system.now())
        guard since < until else { throw CommandFailure("--since lies in the future") }
        try await records.logReading("unused")
        guard let stored = try await records.read({ try $0.policy(at: until) }) else {
            throw CommandFailure("the records have no policy")
        }
        var unused = UnusedGrants(of: try PolicyEngine.recorded(stored))
        let query = AuditQuery(since: since, until: until, types: [AuditRecord.decision], outcome: .allowed)
        try await records.forEachPage(query) { unused.count($0) }
        for grant in unused.grants {
            try standardOutput(
                (["role": .string(grant.role), "pattern": .string(grant.pattern)] as JSONValue).line
            )
        }
        let gaps = try await records.read { try $0.auditGaps(since: since, until: until) }
        let last: JSONValue = [
            "since": .string(since.description), "until": .string(until.description),
            "gaps": .array(gaps.map(\.json)),
        ]
        try standardOutput(last.line)
    }
}

extension PolicyEngine {
    /// Compiles a policy from the records.
    fileprivate static func recorded(_ policy: StoredPolicy) throws(CommandFailure) -> PolicyEngine {
        do throws(PolicyError) {
            return try policy.engine()
        } catch {
            throw CommandFailure("the policy that the records keep: \(error)")
        }
    }
}
#endif
