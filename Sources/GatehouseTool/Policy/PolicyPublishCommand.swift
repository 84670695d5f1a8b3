#if Server
import ArgumentParser
import Foundation
import Gatehouse
import GatehousePostgreSQL
import GatehouseRecords
import GatehouseServer

/// The command `gatehouse policy publish`.
struct PolicyPublishCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Puts a policy into the database that nodes share, for all of them to go by.",
        discussion: """
            A node of `gatehouse serve` with `policy: store` takes it within a second; one that cannot read it keeps the policy of \
            before, and its readiness says so. Prints `{"revision","replaced"}`. Exits with 1, and publishes nothing, where somebody \
            else was faster, or the policy in force is another than --replacing says.

              gatehouse policy publish policy.yaml --store postgresql://gatehouse@db.internal/gatehouse
            """
    )

    @OptionGroup var store: StoreOption

    @Option(
        help: ArgumentHelp(
            "The revision that is to be replaced, or none; default the one that is in force now.",
            valueName: "revision"
        )
    )
    var replacing: String?

    @Argument(help: "The policy document, in YAML or JSON.", completion: .file())
    var policy: String

    var makesTables: Bool { true }

    func run(on records: some CommandRecords) async throws {
        #if PostgreSQL
        guard let records = records as? PostgreSQLRecords else { throw Self.notShared }
        let engine = try PolicyEngine.reading(policy)
        let former = try await records.sharedPolicyRevision()
        if let replacing, replacing != former?.text ?? "none" {
            standardError("the policy in force is \(former?.text ?? "none"), and not \(replacing.printable)")
            throw ExitStatus.no
        }
        guard try await records.setSharedPolicy(engine, replacing: former) else {
            standardError("another policy was published meanwhile")
            throw ExitStatus.no
        }
        let change: JSONValue = [
            "revision": .string(engine.revision.text), "replaced": JSONValue(former?.text),
        ]
        try await records.audit.keep(engine)
        try await records.logAdministration("policy.published", change)
        try standardOutput(change.line)
        #else
        throw Self.notShared
        #endif
    }

    private static let notShared = CommandFailure("nodes share no such store: name \(DatabaseAddress.form)")
}
#endif
