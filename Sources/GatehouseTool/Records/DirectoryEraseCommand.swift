#if Server
import ArgumentParser
import Gatehouse
import GatehouseRecords

/// The command `gatehouse directory erase`.
struct DirectoryEraseCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erases one person's data from the directory and the inbox.",
        discussion: """
            What remains is that there was a user of this id, so that a late webhook does not bring the data back. Prints \
            `{"user","memberships","webhooks"}`. A server that uses the store refuses the user's tokens within a second. Exits with 1 where nothing is known of the user. See `audit redact` for the log.
            """
    )

    @OptionGroup var store: StoreOption

    @Argument(help: "The user's id.")
    var user: String

    func run(on records: some CommandRecords) async throws {
        let (user, now) = (user, WallClock.system.now())
        let erased = try await records.write { try $0.erase(user: user, source: "clerk", now: now) }
        let line: JSONValue = [
            "user": .string(user), "memberships": .number(JSONNumber(erased.memberships)),
            "webhooks": .number(JSONNumber(erased.webhooks)),
        ]
        try standardOutput(line.line)
        if !erased.isKnown { throw ExitStatus.no }
    }
}
#endif
