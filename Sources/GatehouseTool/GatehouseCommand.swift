#if Server
import ArgumentParser

/// `gatehouse`: the command-line tool.
struct GatehouseCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "gatehouse",
        abstract: "Checks tokens and policies, answers servers and proxies, and shows what Gatehouse does.",
        discussion: """
            Exit codes: 0 all well; 1 the answer is no; 2 the command could not be carried out, with the reason on \
            standard error. Where a command answers many lines, 0 means that every answer was yes, and no line at all is 2.
            """,
        version: "gatehouse 0.1.0-dev",
        subcommands: [
            TokenCommand.self, PolicyCommand.self, AuditCommand.self, WebhooksCommand.self, DirectoryCommand.self,
            ClerkCommand.self, FakeClerkCommand.self, DemoCommand.self, InitCommand.self, ServeCommand.self,
        ]
    )
}
#endif
