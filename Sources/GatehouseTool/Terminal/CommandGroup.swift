#if Server
import ArgumentParser

/// A command that groups subcommands: without a subcommand it is a usage error.
protocol CommandGroup: AsyncParsableCommand {}

extension CommandGroup {
    mutating func run() async throws {
        throw ValidationError("Name a subcommand; `--help` lists them.")
    }
}
#endif
