#if Server
import ArgumentParser
import Gatehouse

/// The command `gatehouse policy generate`.
struct PolicyGenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Prints Swift source with constants for a policy document's permissions and roles.",
        discussion: """
            For each permission of the catalogue, or without one each exact name in the document, a constant of \
            `Permission`; `Permission.allInPolicy` lists them for `engine.unknownPermissions(among:)`; `PolicyRole` enumerates the \
            roles. Equal policies give equal source.

              gatehouse policy generate policy.yaml >Sources/App/Policy.swift

            Exits with 0, or 2 where the document cannot be used.
            """
    )

    @Argument(help: ArgumentHelp("The policy document, in YAML or JSON.", valueName: "file"), completion: .file())
    var file: String

    func run() async throws {
        try standardOutput(String(PolicyEngine.reading(file).swiftSource().dropLast()))
    }
}
#endif
