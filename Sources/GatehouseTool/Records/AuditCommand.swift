#if Server
import ArgumentParser
import Foundation
import Gatehouse
import GatehouseRecords

/// The command `gatehouse audit …`.
struct AuditCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Reads the audit log, verifies it, and asks it.",
        subcommands: [
            AuditReportCommand.self, AuditVerifyCommand.self, AuditCheckpointCommand.self, AuditExportCommand.self,
            AuditReplayCommand.self,
            AuditExplainCommand.self, AuditWhoCouldCommand.self, AuditUnusedCommand.self, AuditRedactCommand.self,
        ]
    )
}

/// The command `gatehouse audit report`.
struct AuditReportCommand: RecordsCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv, html }

    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Reports a period: totals by type, denials, failed sign-ins, changed passwords, and the events.",
        discussion: """
            The report says what it cannot know: Clerk tells of failed sign-ins nowhere, and of a changed password only by \
            `password_last_updated_at` in `user.updated`.

              gatehouse audit report --store sqlite:gatehouse.db --since 2026-01-01 --format html > report.html
            """
    )

    @OptionGroup var store: StoreOption
    @OptionGroup var period: PeriodOption

    @Option(help: "text, json, csv or html.")
    var format: Format = .text

    func run(on records: some CommandRecords) async throws {
        let (since, until) = (period.since?.time, period.until?.time)
        try await records.logReading("report")
        let report = try await records.read { try AuditReport($0, since: since, until: until) }
        switch format {
        case .text: try standardOutput(report.text)
        case .json: try standardOutput(report.json.line)
        // The last line ends like the others: with a carriage return, and with the line feed that follows each output.
        case .csv: try standardOutput(String(report.csv.dropLast()) + "\r")
        case .html: try standardOutput(report.html)
        }
    }
}

/// The command `gatehouse audit verify`.
struct AuditVerifyCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Hashes every record again, and names the first that is wrong and the kind of damage.",
        discussion: """
            A line for each chain: `{"writer","records","ok","firstBad","damage"}`. It changes nothing, and works on a copy.

            Whoever can write the file can also compute its hashes again: give the public keys of the checkpoints that were \
            noted elsewhere with --key, one for each node and each key of before, and checkpoints that were kept elsewhere with \
            --checkpoint (`gatehouse audit checkpoint` prints both). A key is found by the name and the id that a checkpoint \
            names; one that is named as a chain counts for no other chain. A checkpoint that no given key signed is damage of the \
            kind `signature`, and standard error says whose it claims to be. Exits with 1 where something is wrong.

              gatehouse audit verify --store sqlite:copy.db --key "$(cat api-1.key)" --key "$(cat api-2.key)"
            """
    )

    @OptionGroup var store: StoreOption

    @Option(
        help: ArgumentHelp(
            "A public key of checkpoints: name+id+key; repeatable. Default: the store's own.",
            valueName: "key"
        )
    )
    var key: [String] = []

    @Option(help: ArgumentHelp("A file with a checkpoint that was kept elsewhere; repeatable.", valueName: "file"))
    var checkpoint: [String] = []

    var isReadOnly: Bool { true }

    func run(on records: some CommandRecords) async throws {
        let keys = try key.mapEach { text throws(CommandFailure) in
            guard let key = CheckpointVerifier(text) else {
                throw CommandFailure(
                    "--key: “\(text.printable)” is not name+id+key, as `gatehouse audit checkpoint` prints it"
                )
            }
            return key
        }
        let notes = try checkpoint.mapEach { path throws(CommandFailure) in
            let note = String(decoding: try InputFile.bytes(at: path, maximumBytes: 1 << 16), as: UTF8.self)
            guard let writer = Checkpoint.writer(ofNote: note, signedByAnyOf: keys) else {
                let signer = keys.isEmpty ? "a store" : "a given key"
                throw CommandFailure("\(path): this is no checkpoint of a chain that \(signer) signs")
            }
            return (writer: writer, note: note)
        }
        let results = try await records.read { rows in
            // A checkpoint may remain after its chain is gone.
            let writers = Set((try rows.auditWriters() + notes.map(\.writer)).map { ByteText($0) })
            return try writers.sorted().map(\.string).map { writer in
                let own = try keys.isEmpty ? rows.existingCheckpointSigner(name: writer).map { [$0.verifier] } : keys
                return try rows.verifyAudit(of: writer, byAnyOf: own, notes: notes.map(\.note))
            }
        }
        for result in results {
            let line: JSONValue = [
                "writer": .string(result.writer), "records": .number(JSONNumber(result.records)),
                "ok": .bool(result.isWhole),
                "firstBad": result.firstBad.map { .number(JSONNumber(Int($0))) } ?? .null,
                "damage": JSONValue(result.damage?.rawValue),
            ]
            try standardOutput(line.line)
            for checkpoint in result.unsigned {
                standardError("\(result.writer.printable): \(checkpoint.explanation(byGiven: !keys.isEmpty))")
            }
        }
        if results.contains(where: { !$0.isWhole }) { throw ExitStatus.no }
    }
}

extension AuditVerification.UnsignedCheckpoint {
    /// Returns the reason as a sentence.
    fileprivate func explanation(byGiven isGiven: Bool) -> String {
        let names = signers.isEmpty ? "nobody" : signers.map { "“\($0.printable)”" }.joined(separator: ", ")
        if isForged {
            return "the signature of the checkpoint at \(size) records is not by the key that it names, \(names)"
        }
        let fact = isGiven ? "no given key signed" : "the store's own key did not sign"
        return "\(fact) the checkpoint at \(size) records, which names \(names): give its key with --key if you know it"
    }
}

/// The command `gatehouse audit redact`.
struct AuditRedactCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Takes out what is about a user from all records; the log still verifies.",
        discussion: "Prints `{\"user\",\"records\"}`. Exits with 1 where no record is about the user."
    )

    @OptionGroup var store: StoreOption

    @Argument(help: "The user's id.")
    var user: String

    func run(on records: some CommandRecords) async throws {
        let count = try await records.audit.redact(user: user)
        try standardOutput((["user": .string(user), "records": .number(JSONNumber(count))] as JSONValue).line)
        if count == 0 { throw ExitStatus.no }
    }
}
#endif
