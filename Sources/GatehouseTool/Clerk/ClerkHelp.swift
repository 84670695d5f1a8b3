#if Server
import GatehouseClerk

/// The help of `gatehouse clerk`, which is made from the table.
enum ClerkHelp {
    private static let common = """
        OPTIONS OF EVERY SUBCOMMAND:
          --secret-key-file FILE  A file with the secret key; without, CLERK_SECRET_KEY.
          --api-url URL           The address of the API; without, CLERK_API_URL, else https://api.clerk.com.
          --clear MEMBER          Sends null for a member (repeatable).
          --help                  Shows this.

        Exit codes: 0 done; 1 Clerk said no, or the answer is no; 2 it could not be carried out.
        """

    static var overview: String {
        """
        USAGE: gatehouse clerk RESOURCE VERB [ID …] [--member VALUE …]

        Prints Clerk's object as JSON, unchanged, one a line for lists.

        RESOURCES:
        \(ClerkSubcommand.resources.map { resource in
            "  " + padded(resource, 18) + wrapped(ClerkSubcommand.all(of: resource).map(\.verb), indent: 20)
        }.joined(separator: "\n"))

        \(common)
        """
    }

    static func resource(_ resource: String, _ subcommands: [ClerkSubcommand]) -> String {
        let width = (subcommands.map { usage($0).count }.max() ?? 0) + 2
        return """
            USAGE: gatehouse clerk \(resource) VERB …

            VERBS:
            \(subcommands.map { "  " + padded(usage($0), width) + $0.abstract }.joined(separator: "\n"))

            \(common)
            """
    }

    static func subcommand(_ subcommand: ClerkSubcommand) -> String {
        let width = (subcommand.options.map { $0.flag.count }.max() ?? 0) + 4
        let options = subcommand.options.map { "  " + padded("--" + $0.flag, width) + $0.help }
        let operation =
            if case .operation(let operation) = subcommand.action { "\nClerk's name: \(operation.id)" } else { "" }
        return """
            \(subcommand.abstract)\(operation)

            USAGE: gatehouse clerk \(subcommand.resource) \(usage(subcommand))\(options.isEmpty ? "" : " [--member VALUE …]")

            OPTIONS:
            \(options.joined(separator: "\n"))

            \(common)
            """
    }

    /// Returns the words with blanks between them, in lines of about a hundred characters.
    private static func wrapped(_ words: [String], indent: Int) -> String {
        var (text, width) = ("", 0)
        for word in words {
            if width > 0, width + word.count > 80 {
                text += "\n" + String(repeating: " ", count: indent)
                width = 0
            }
            text += width == 0 ? word : " " + word
            width += word.count + 1
        }
        return text
    }

    private static func usage(_ subcommand: ClerkSubcommand) -> String {
        ([subcommand.verb] + subcommand.positionals).joined(separator: " ")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
#endif
