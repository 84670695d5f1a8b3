#if Server
import ArgumentParser
import Gatehouse
import GatehouseRecords

/// The command `gatehouse audit export`.
struct AuditExportCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Prints records in the order in which they were written, one JSON object a line.",
        discussion: """
            Every line has `cursor`: with --after, an export goes on behind it. Several filters have to fit all; several values of \
            --type any.

              gatehouse audit export --store sqlite:gatehouse.db --type decision --outcome denied --limit 1000 --after 4711
            """
    )

    @OptionGroup var store: StoreOption
    @OptionGroup var period: PeriodOption

    @Option(help: ArgumentHelp("Only records of this type; repeatable.", valueName: "type"))
    var type: [String] = []

    @Option(help: ArgumentHelp("Only records of this user.", valueName: "id"))
    var user: String?

    @Option(help: ArgumentHelp("Only records in this organization.", valueName: "id"))
    var organization: String?

    @Option(help: "Only what was allowed or denied.")
    var outcome: AuditOutcomeOption?

    @Option(help: ArgumentHelp("Only records behind this cursor.", valueName: "cursor"))
    var after: Int64 = 0

    @Option(help: ArgumentHelp("At most so many records.", valueName: "count"))
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is at least 1.") }
    }

    func run(on records: some CommandRecords) async throws {
        var query = period.query(types: type)
        (query.user, query.organization, query.outcome) = (user, organization, outcome?.outcome)
        try await records.logReading("export")
        var left = limit ?? .max
        try await records.forEachPage(query, after: after) { page in
            for row in page.prefix(left) {
                let cursor: JSONValue = .number(JSONNumber(Int(row.number)))
                guard case .object(let members) = row.json else { continue }
                try standardOutput(JSONValue.object(members + [JSONMember("cursor", cursor)]).line)
            }
            left -= min(left, page.count)
            return left > 0
        }
    }
}

/// An outcome on the command line.
enum AuditOutcomeOption: String, ExpressibleByArgument, CaseIterable {
    case allowed, denied

    var outcome: AuditRecord.Outcome { self == .allowed ? .allowed : .denied }
}
#endif
