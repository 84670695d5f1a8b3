#if Server
import ArgumentParser

/// The command `gatehouse token …`.
struct TokenCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Verifies tokens.",
        subcommands: [TokenVerifyCommand.self]
    )
}
#endif
