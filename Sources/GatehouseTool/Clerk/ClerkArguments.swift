#if Server
import Foundation
import GatehouseBase
import GatehouseClerk

/// The arguments of a subcommand.
struct ClerkArguments {
    /// The ids, in the order of the path.
    private(set) var positionals: [String] = []
    /// The members of the query and of the body, as JSON.
    private(set) var query: JSONValue = [:]
    private(set) var body: JSONValue = [:]
    /// The elements of a body that is a list; `nil` for another body.
    private(set) var elements: JSONValue?

    /// Returns true if the argument for this member of Clerk's API was given.
    func has(_ name: String) -> Bool { query[name] != nil || body[name] != nil }

    /// Reads the arguments of a subcommand.
    ///
    /// - Throws: ``CommandFailure`` for an argument that the subcommand does not take, and for a file that cannot be read.
    init(_ arguments: ArraySlice<String>, of subcommand: ClerkSubcommand) throws {
        var rest = arguments
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                positionals.append(argument)
                continue
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let flag = String(parts[0])
            if flag == "clear" {
                guard let name = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
                    throw CommandFailure("--clear needs the name of a member.")
                }
                try clear(name, of: subcommand)
                continue
            }
            guard let option = subcommand.options.first(where: { $0.flag == flag }) else {
                let secret = subcommand.options.first { $0.isSecret && $0.flag == flag + "-file" }
                throw CommandFailure(
                    secret.map {
                        "--\(flag) would be read by everybody on the machine: give a file, --\($0.flag) FILE."
                    }
                        ?? "--\(flag) is no option of \(subcommand.resource) \(subcommand.verb); --help lists them."
                )
            }
            let isFlag = option.member?.kind == .boolean || option.member == nil
            let isBare = isFlag && parts.count == 1 && (rest.first.map { $0.hasPrefix("--") } ?? true)
            guard let value = parts.count > 1 ? String(parts[1]) : isBare ? "true" : rest.popFirst() else {
                throw CommandFailure("--\(flag) needs a value.")
            }
            try set(option, value)
        }
        guard positionals.count == subcommand.positionals.count else {
            let expected =
                subcommand.positionals.isEmpty ? "no argument" : subcommand.positionals.joined(separator: " ")
            throw CommandFailure("\(subcommand.resource) \(subcommand.verb) takes \(expected).")
        }
        try readMissingSecret(of: subcommand)
        for option in subcommand.options where option.isRequired {
            let isThere = option.name == "elements" ? elements != nil : has(option.name)
            guard isThere else { throw CommandFailure("--\(option.flag) is required.") }
        }
    }

    private mutating func clear(_ flag: String, of subcommand: ClerkSubcommand) throws {
        guard let option = subcommand.options.first(where: { $0.flag == flag || $0.name == flag }) else {
            throw CommandFailure("“\(flag)” is no member of \(subcommand.resource) \(subcommand.verb).")
        }
        put(option, .null)
    }

    private mutating func put(_ option: ClerkSubcommand.Option, _ value: JSONValue) {
        if option.isInQuery {
            query = query.replacing(option.name, with: value)
        } else {
            body = body.replacing(option.name, with: value)
        }
    }

    private mutating func set(_ option: ClerkSubcommand.Option, _ text: String) throws {
        let held = option.isInQuery ? query[option.name] : body[option.name]
        guard held == nil || option.isRepeatable else {
            throw CommandFailure("--\(option.flag) takes one value, and is given more than once.")
        }
        if option.isSecret {
            let secret = try Self.line(of: text)
            return put(
                option,
                option.isRepeatable ? .array((held?.elements ?? []) + [.string(secret)]) : .string(secret)
            )
        }
        if option.name == "elements" {
            elements = try Self.json(text, option)
            return
        }
        guard let member = option.member else { return put(option, .string(text)) }
        switch member.kind {
        case .string: put(option, .string(text))
        case .integer, .number:
            guard let document = try? JSONDocument(parsing: Array(text.utf8)), document.root.kind == .number else {
                throw CommandFailure("--\(option.flag): “\(text)” is no number.")
            }
            put(option, JSONValue(document.root))
        case .boolean:
            guard text == "true" || text == "false" else {
                throw CommandFailure("--\(option.flag): “\(text)” is neither true nor false.")
            }
            put(option, .bool(text == "true"))
        case .object: put(option, try Self.json(text, option))
        case .array where member.elementKind == .object: put(option, try Self.json(text, option))
        case .array: put(option, .array((held?.elements ?? []) + [.string(text)]))
        }
    }

    /// Reads a required secret from standard input, if no file was named.
    private mutating func readMissingSecret(of subcommand: ClerkSubcommand) throws {
        let missing = subcommand.options.filter { $0.isSecret && $0.isRequired && !has($0.name) }
        guard let option = missing.first else { return }
        guard missing.count == 1 else {
            throw CommandFailure(missing.map { "--\($0.flag)" }.joined(separator: " and ") + " are required.")
        }
        put(option, .string(try Self.line(of: "-")))
    }

    /// Returns the content of a file without its last line break.
    private static func line(of path: String) throws -> String {
        let bytes =
            path == "-"
            ? try InputFile.standardInput(maximumBytes: 65_536) : try InputFile.bytes(at: path, maximumBytes: 65_536)
        var text = String(decoding: bytes, as: UTF8.self)
        if text.hasSuffix("\r\n") {
            text = String(text.dropLast())
        } else if text.hasSuffix("\n") {
            text = String(text.dropLast())
        }
        return text
    }

    static func json(_ text: String, _ option: ClerkSubcommand.Option) throws -> JSONValue {
        let bytes: [UInt8] =
            if text == "-" {
                try InputFile.standardInput(maximumBytes: 1 << 20)
            } else if text.hasPrefix("@") {
                try InputFile.bytes(at: String(text.dropFirst()), maximumBytes: 1 << 20)
            } else {
                Array(text.utf8)
            }
        do throws(JSONError) {
            return JSONValue(try JSONDocument(parsing: bytes).root)
        } catch {
            throw CommandFailure("--\(option.flag): \(error)")
        }
    }
}
#endif
