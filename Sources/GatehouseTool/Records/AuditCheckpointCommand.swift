#if Server
import ArgumentParser
import Gatehouse
import GatehouseRecords

/// The command `gatehouse audit checkpoint`.
struct AuditCheckpointCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Signs where the log stands, for you to keep elsewhere.",
        discussion: """
            Prints a signed note (C2SP tlog-checkpoint). Keep it and the public key where nobody who can write the store can write: \
            `verify` then shows whether records of before were cut off or rewritten.

              gatehouse audit checkpoint --store sqlite:gatehouse.db > 2026-01-01.checkpoint
              gatehouse audit checkpoint --store sqlite:gatehouse.db --public-key > checkpoints.key
              gatehouse audit verify --store sqlite:copy.db --key "$(cat checkpoints.key)" --checkpoint 2026-01-01.checkpoint
            """
    )

    @OptionGroup var store: StoreOption

    @Flag(help: "Print the public key of checkpoints, name+id+key, and sign nothing.")
    var publicKey = false

    @Option(help: ArgumentHelp("Whose chain, where the store has several.", valueName: "name"))
    var writer: String?

    var isReadOnly: Bool { publicKey }

    func run(on records: some CommandRecords) async throws {
        let writers = try await records.read { try $0.auditWriters() }
        guard let chain = writer ?? writers.first else { throw CommandFailure("the store has no audit log") }
        guard writer != nil || writers.count == 1 else {
            let names = writers.map(\.printable).joined(separator: ", ")
            throw CommandFailure("the store has several chains: name one with --writer, of \(names)")
        }
        guard writers.contains(where: { $0.hasSameBytes(as: chain) }) else {
            throw CommandFailure("the store has no chain of \(chain.printable)")
        }
        let text =
            if publicKey {
                try await records.read { try $0.existingCheckpointSigner(name: chain)?.verifier.description }
            } else {
                try await records.write { try $0.signKeptCheckpoint(of: chain) }
            }
        guard let text else {
            throw CommandFailure("the store keeps no key: checkpoints are signed by a key elsewhere")
        }
        // A note ends with one line feed.
        try standardOutput(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }
}
#endif
