#if Server
import ArgumentParser

/// The command `gatehouse directory …`.
struct DirectoryCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "directory",
        abstract: "Keeps the copy of users, organizations and memberships.",
        subcommands: [DirectoryResyncCommand.self, DirectoryEraseCommand.self]
    )
}
#endif
