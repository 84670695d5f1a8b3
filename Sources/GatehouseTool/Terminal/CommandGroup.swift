#if Server
import ArgumentParser

/// A command that is only there for its subcommands: without one, it is a usage error.
protocol CommandGroup: AsyncParsableCommand {}

extension CommandGroup {
    mutating func run() async throws {
        throw ValidationError("Name a subcommand; `--help` lists them.")
    }
}
#endif
