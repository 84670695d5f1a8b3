#if Server
import ArgumentParser
import Gatehouse

/// The command `gatehouse policy permissions`.
struct PolicyPermissionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "permissions",
        abstract: "Lists what somebody may do who holds these roles together.",
        discussion: """
            Each line is `{"permission":NAME,"conditional":BOOL}`, sorted by bytes, over the catalogue and every exact \
            name in the document; patterns and rules may allow others too. `conditional`: it depends on what a check \
            brings with it.

              gatehouse policy permissions --policy policy.yaml --role org:member org:auditor

            Without a role it is what everybody may do. A role that the document does not define counts as held, and \
            standard error says so, with the nearest name. Exits with 0, or 2 where the document cannot be used.
            """
    )

    @Option(help: ArgumentHelp("The policy document, in YAML or JSON.", valueName: "file"), completion: .file())
    var policy: String

    @Option(
        parsing: .upToNextOption,
        help: "Roles that are held (repeatable).",
        transform: Self.roleName
    )
    var role: [String] = []

    private static func roleName(_ argument: String) throws -> String {
        guard Name.isWellFormed(argument) else { throw ValidationError("\(NameError(.invalidRole, argument))") }
        return argument
    }

    func run() async throws {
        let engine = try PolicyEngine.reading(policy)
        engine.warn(of: engine.unknownNames(roles: role), in: policy)
        for listed in engine.permissions(holding: role) {
            let line: JSONValue = [
                "permission": .string(listed.permission), "conditional": .bool(listed.isConditional),
            ]
            try standardOutput(line.description)
        }
    }
}
#endif
