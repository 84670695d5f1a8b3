#if Server
import ArgumentParser
import GatehouseClerk

/// The command `gatehouse clerk RESOURCE VERB …`. Each operation of the client's table has a subcommand, and so has each task of several
/// requests.
///
/// The argument parser does not know the table, and passes on all arguments.
struct ClerkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clerk",
        abstract: "Asks Clerk's Backend API: tenants, members, roles, users, factors, single sign-on and the rest.",
        discussion: """
            gatehouse clerk RESOURCE VERB [ID …] [--member VALUE …]; `gatehouse clerk --help` lists the resources. \
            CLERK_SECRET_KEY and CLERK_API_URL say which instance, or --secret-key-file and --api-url.
            """
    )

    @Argument(parsing: .captureForPassthrough, help: "The resource, the verb, and what they take.")
    var arguments: [String] = []

    func run() async throws {
        var arguments = arguments
        let options = try ClerkOptions(taking: &arguments)
        guard let resource = arguments.first, resource != "--help", resource != "-h" else {
            guard !arguments.isEmpty else {
                throw CommandFailure("Name a resource and a verb.\n\n" + ClerkHelp.overview)
            }
            return try standardOutput(ClerkHelp.overview)
        }
        let subcommands = ClerkSubcommand.all(of: resource)
        guard !subcommands.isEmpty else {
            throw CommandFailure("“\(resource)” is no resource.\n\n" + ClerkHelp.overview)
        }
        guard arguments.count > 1, arguments[1] != "--help", arguments[1] != "-h" else {
            let help = ClerkHelp.resource(resource, subcommands)
            guard arguments.count > 1 else { throw CommandFailure("Name a verb.\n\n" + help) }
            return try standardOutput(help)
        }
        guard let subcommand = subcommands.first(where: { $0.verb == arguments[1] }) else {
            let help = ClerkHelp.resource(resource, subcommands)
            throw CommandFailure("“\(arguments[1])” is no verb of \(resource).\n\n" + help)
        }
        let rest = arguments.dropFirst(2)
        if rest.contains("--help") || rest.contains("-h") {
            return try standardOutput(ClerkHelp.subcommand(subcommand))
        }
        let given = try ClerkArguments(rest, of: subcommand)
        try await ClerkRun.carryOut(subcommand, given, options)
    }
}
#endif
