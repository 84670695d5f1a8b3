#if Server
import ArgumentParser

/// The path of the policy document that a command reads: `--policy FILE`, or `FILE` alone.
struct PolicyFileArguments: ParsableArguments {
    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp("The policy document, in YAML or JSON; - for standard input.", valueName: "file"),
        completion: .file()
    )
    var option: String?

    @Argument(help: ArgumentHelp("The policy document, as --policy.", valueName: "file"), completion: .file())
    var argument: String?

    /// The path that was given.
    var path: String { option ?? argument ?? "" }

    func validate() throws {
        if option != nil && argument != nil {
            throw ValidationError("The policy document is named twice: by --policy and by an argument.")
        }
        if option == nil && argument == nil { throw ValidationError("Name the policy document: --policy FILE.") }
    }
}
#endif
