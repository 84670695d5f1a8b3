#if Server
import ArgumentParser
import GatehousePolicyFiles

/// The command `gatehouse policy schema`.
struct PolicySchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints a JSON Schema (draft 2020-12) of the policy document, for editors.",
        discussion: """
            Save it beside the policy, and begin the policy with \
            `# yaml-language-server: $schema=policy.schema.json`: editors then complete keys and mark mistakes.
            """
    )

    func run() throws {
        try standardOutput(PolicyDocument.schema)
    }
}
#endif
