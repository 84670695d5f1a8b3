#if Server
import GatehouseClerk

/// A subcommand of `gatehouse clerk`: an operation of Clerk, or a task of several operations.
struct ClerkSubcommand {
    let resource: String
    let verb: String
    /// The purpose, in one line.
    let abstract: String
    /// The names of the positional arguments.
    let positionals: [String]
    /// The options, in the order of the help.
    let options: [Option]
    let action: Action

    enum Action {
        case operation(ClerkOperation)
        case task(ClerkTask)
    }

    /// An option, which is a member of a query or a body.
    struct Option {
        /// The name of the member in Clerk's API, or a name of the option alone.
        let name: String
        let member: ClerkOperation.Member?
        let isInQuery: Bool
        let isRequired: Bool
        let help: String

        /// The name after the two hyphens. The name of a secret ends with `-file`.
        var flag: String { name.replacing("_", with: "-") + (isSecret ? "-file" : "") }

        /// True if the value must not stand among the arguments, which all users of the machine can read.
        var isSecret: Bool { ClerkOperation.secretMembers.contains(name) }

        var isRepeatable: Bool { member?.kind == .array && member?.elementKind != .object }
    }

    static let all = ClerkOperation.all.map { ClerkSubcommand($0) } + ClerkTask.allCases.map { ClerkSubcommand($0) }

    static func all(of resource: String) -> [ClerkSubcommand] { all.filter { $0.resource == resource } }

    /// The resources, each once, in the order of the table.
    static var resources: [String] {
        all.map(\.resource).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private init(_ operation: ClerkOperation) {
        resource = operation.resource
        verb = operation.verb
        abstract = "\(operation.method.rawValue) \(operation.path)"
        positionals = operation.pathParameters.map { $0.uppercased() }
        var options = operation.query.map { Option($0, isInQuery: true) }
        switch operation.body {
        case .list?:
            options.append(
                Option(
                    name: "elements",
                    member: nil,
                    isInQuery: false,
                    isRequired: true,
                    help: "JSON array of objects, @FILE, or - for standard input"
                )
            )
        case .object(let members)?, .form(let members)?:
            options += members.map { Option($0, isInQuery: false) }
        case nil: break
        }
        self.options = options
        action = .operation(operation)
    }

    private init(_ task: ClerkTask) {
        (resource, verb, abstract, positionals) = (task.resource, task.verb, task.abstract, task.positionals)
        options = task.options.map {
            Option(name: $0.name, member: nil, isInQuery: false, isRequired: $0.isRequired, help: $0.help)
        }
        action = .task(task)
    }
}

extension ClerkSubcommand.Option {
    fileprivate init(_ member: ClerkOperation.Member, isInQuery: Bool) {
        name = member.name
        self.member = member
        self.isInQuery = isInQuery
        isRequired = member.isRequired
        let kind: String =
            switch member.kind {
            case .object: "JSON, @FILE, or - for standard input"
            case .array where member.elementKind == .object: "JSON array, @FILE, or - for standard input"
            case .array: "repeatable" + (member.values.isEmpty ? "" : ": " + member.values.joined(separator: ", "))
            case .boolean: "true or false"
            case .integer, .number: "number" + (member.maximum.map { ", at most \($0)" } ?? "")
            case .string: member.values.isEmpty ? "text" : member.values.joined(separator: ", ")
            }
        help = kind + (member.isRequired ? " (required)" : "")
    }
}
#endif
