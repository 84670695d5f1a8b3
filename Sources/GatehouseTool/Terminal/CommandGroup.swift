#if Server
import ArgumentParser

/// A command with subcommands. A call without a subcommand is a usage error.
protocol CommandGroup: AsyncParsableCommand {}

extension CommandGroup {
    mutating func run() async throws {
        throw ValidationError("Name a subcommand; `--help` lists them.")
    }
}
#endif
