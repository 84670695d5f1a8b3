#if Server
import ArgumentParser
import Gatehouse
import GatehouseClerk
import GatehouseCurl
import GatehouseRecords

/// The command `gatehouse directory resync`.
struct DirectoryResyncCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "resync",
        abstract: "Compares the directory with Clerk's Backend API, and repairs what differs.",
        discussion: """
            A line for each difference: `{"kind","id","change"}`, where the change is missing (the directory lacked it), changed or \
            gone; the last is `{"compared","differences","repaired"}`. What a webhook told later is not undone. Progress goes to \
            standard error. Where it was interrupted, it goes on where it was. Its requests stay below Clerk's limits.

            With --report nothing is written, and it exits with 1 where something differs. A server that uses the store refuses tokens \
            of those who lost something within a second. CLERK_SECRET_KEY and CLERK_API_URL say which instance, or --secret-key-file \
            and --api-url. Exits with 2, and removes nothing, where the directory has nothing in common with that instance, unless --replace-all says so.

              gatehouse directory resync --store sqlite:gatehouse.db --report
            """
    )

    @OptionGroup var store: StoreOption

    @Flag(help: "Only say what differs.")
    var report = false

    @Flag(help: "Go on where nothing in the directory is among what Clerk lists: all of it is gone.")
    var replaceAll = false

    @Option(
        help: ArgumentHelp(
            "Whose users these are: the iss of their tokens. Default: the directory's own.",
            valueName: "URL"
        )
    )
    var issuer: String?

    @Option(help: ArgumentHelp("A file with the secret key.", valueName: "file"))
    var secretKeyFile: String?

    @Option(name: .customLong("api-url"), help: ArgumentHelp("The address of the API.", valueName: "URL"))
    var apiURL: String?

    func run(on records: some CommandRecords) async throws {
        let clerk = try ClerkOptions(secretKeyFile: secretKeyFile, apiURL: apiURL).client(CurlTransport())
        let drift = try await drift(records, clerk)
        for difference in drift.differences {
            let line: JSONValue = [
                "kind": .string(difference.kind.rawValue), "id": .string(difference.id),
                "change": .string(difference.change.rawValue),
            ]
            try standardOutput(line.line)
        }
        let last: JSONValue = [
            "compared": .number(JSONNumber(drift.compared)), "differences": .number(JSONNumber(drift.count)),
            "repaired": .bool(!report),
        ]
        try standardOutput(last.line)
        if report, drift.count > 0 { throw ExitStatus.no }
    }

    private func drift(_ records: some CommandRecords, _ clerk: ClerkClient) async throws -> DirectoryDrift {
        let issuer = if let issuer { issuer } else { try await Self.onlyIssuer(of: records) }
        let resync = DirectoryResync(
            records,
            from: ClerkDirectoryBackend(clerk),
            rules: DirectoryRules(issuer: issuer),
            source: ClerkWebhookSource().name
        )
        let bar = ProgressBar()
        defer { bar.end() }
        do {
            return try await resync.run(repairs: !report, mayReplaceAll: replaceAll) { progress in
                bar.show("\(progress.kind.rawValue)s", progress.compared, of: progress.total)
            }
        } catch let error as ClerkError {
            throw CommandFailure("Clerk: \(error)")
        } catch let error as DirectoryResyncError {
            throw CommandFailure(error.message)
        }
    }

    /// Returns the only issuer in the directory.
    private static func onlyIssuer(of records: some CommandRecords) async throws -> String {
        let issuers = try await records.read { try $0.directoryIssuers() }
        guard let issuer = issuers.first else {
            throw CommandFailure("the directory is empty: say whose users these are with --issuer URL")
        }
        guard issuers.count == 1 else {
            throw CommandFailure("the directory has users of several issuers: name one with --issuer URL")
        }
        return issuer
    }
}
#endif
