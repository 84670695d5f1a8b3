#if Server
import ArgumentParser
import Gatehouse

/// The command `gatehouse policy who-can`.
struct PolicyWhoCanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who-can",
        abstract: "Lists who has a permission by the document's own assignments, and where.",
        discussion: """
            Each line is `{"principal":ID,"organization":ID,"resource":"TYPE:ID","conditional":BOOL}`, sorted by \
            bytes. A null `organization` is every one and none, a null `resource` all of them, but for those where \
            another assignment of the principal takes it away. `conditional`: it depends on what a check brings with it. \
            Where a rule lets anybody, the first line has the principal `*`.

              gatehouse policy who-can --policy policy.yaml org:invoices:void

            A permission that the document does not know is told on standard error, with the nearest name. Exits with 0, \
            also where nobody can, or 2 where the document cannot be used.
            """
    )

    @Option(help: ArgumentHelp("The policy document, in YAML or JSON.", valueName: "file"), completion: .file())
    var policy: String

    @Option(help: ArgumentHelp("When: RFC 3339 or Unix seconds; default now.", valueName: "time"))
    var at: TimeOption?

    @Argument(help: "The permission's name.", transform: Self.permission)
    var permission: Permission

    private static func permission(_ argument: String) throws -> Permission {
        do {
            return try Permission(validating: argument)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() async throws {
        let engine = try PolicyEngine.reading(policy)
        engine.warn(of: engine.unknownNames(permissions: [permission]), in: policy)
        var printed: Set<String> = []
        for holder in engine.whoCan(permission, at: at?.time ?? WallClock.system.now()) {
            let line: JSONValue = [
                "principal": .string(holder.principal), "organization": JSONValue(holder.organization),
                "resource": JSONValue(holder.resource?.description), "conditional": .bool(holder.isConditional),
            ]
            // Principals with one id and several types or issuers are printed once.
            if printed.insert(line.description).inserted { try standardOutput(line.description) }
        }
    }
}
#endif
