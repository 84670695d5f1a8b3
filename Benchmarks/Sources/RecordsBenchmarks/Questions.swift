import Foundation
import GRDB
import GatehouseRecords
import GatehouseSQLite

/// A report, a verification and a replay over many records.
enum Questions {
    static func measure(_ folder: URL) async throws -> Bool {
        let count = ProcessInfo.processInfo.environment["GATEHOUSE_RECORDS"].flatMap { Int($0) } ?? 1_000_000
        let others = count / 100
        let policy = Policy(roles: [Role("org:member", grants: ["org:invoices:read"])])
        let engine = try PolicyEngine(policy)
        let records = try await Main.store(folder, "questions.db", audit: .init(capacity: 60_000, batch: 8_192))
        let authorizer = Authorizer(engine: engine, issuer: "i", observers: [records.audit])
        let principals = (0..<1_000).map {
            Principal("user_\($0)", issuer: "i", organization: .init("org_\($0 % 50)"), roles: ["org:member"])
        }
        for number in 0..<count {
            let permission: Permission = number % 20 == 0 ? "org:invoices:void" : "org:invoices:read"
            _ = try await authorizer.isAllowed(permission, for: principals[number % 1_000])
            if number % 50_000 == 0 { try await records.audit.flush() }
        }
        try await records.audit.flush()
        // A hundredth of other records, which a report has to find among the decisions.
        for number in 0..<others {
            let user = "user_\(number % 1_000)"
            try await records.audit.append(
                AuditRecord(
                    type: number % 2 == 0 ? "user.updated" : AuditReport.failedSignIn,
                    time: WallClock.system.now(),
                    user: user,
                    facts: ["source": "clerk", "passwordChanged": .string("2026-01-01T00:00:0\(number % 10)Z")]
                )
            )
        }
        try await records.audit.flush()
        // Writing 5 sets the process's peak of memory back to what it has (proc(5), clear_refs).
        try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = peakBytes()
        let report = try await Main.seconds { _ = try await records.read { try AuditReport($0) } }
        let grown = Double(max(0, peakBytes() - before)) / 1e6
        let verify = try await Main.seconds {
            let result = try await records.read { try $0.verifyAudit(of: "gatehouse") }
            guard result.isWhole, result.records == count + others else { fatalError("\(result)") }
        }
        let replay = try await Main.seconds {
            let replayed = try await records.read { rows in
                var replay = AuditReplay(by: engine)
                var last: Int64 = 0
                while let page = Optional(
                    try rows.auditRows(AuditQuery(types: [AuditRecord.decision]), after: last, limit: 4_096)
                ),
                    let end = page.last
                {
                    guard try replay.replay(page, rows).isEmpty else { fatalError("a decision came out otherwise") }
                    last = end.number
                }
                return replay.replayed
            }
            guard replayed == count else { fatalError("\(replayed) of \(count) decisions were replayed") }
        }
        let scale = 1_000_000 / Double(count)
        var passes = Main.gate("report over a million records: seconds", report * scale, atMost: 2)
        passes = Main.gate("report: megabytes", grown, atMost: 100) && passes
        passes = Main.gate("verification: records a second", Double(count) / verify, atLeast: 200_000) && passes
        return Main.gate("replay of a million decisions: seconds", replay * scale, atMost: 3) && passes
    }

    /// The most memory that the process had since its peak was set back.
    private static func peakBytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) * 1_024
    }
}
