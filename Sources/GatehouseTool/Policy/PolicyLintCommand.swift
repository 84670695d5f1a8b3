#if Server
import ArgumentParser
import Gatehouse
import GatehousePolicyFiles

/// The command `gatehouse policy lint`.
struct PolicyLintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Lists what is wrong with policy documents, each with its line and column.",
        discussion:
            "Exits with 0 where there is no error, 1 where there is one (with --strict also where there is a warning), 2 where a file cannot be read."
    )

    /// The form of findings on standard output.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// Lines of the form `FILE:LINE:COLUMN: SEVERITY: MESSAGE [CODE]`.
        case text
        /// One JSON object on each line.
        case json
    }

    @Argument(
        help: ArgumentHelp("Policy documents, in YAML or JSON; - for standard input.", valueName: "file"),
        completion: .file()
    )
    var files: [String] = []

    @Option(
        name: .customLong("policy"),
        parsing: .singleValue,
        help: ArgumentHelp("A policy document, as the arguments (repeatable).", valueName: "file"),
        completion: .file()
    )
    var options: [String] = []

    @Flag(help: "Let warnings count as errors.")
    var strict = false

    @Option(help: "How to print: text or json.")
    var format: Format = .text

    func run() async throws {
        // All files are read before the first line is printed: an unreadable file stops the command before any output.
        let documents = try (files + options).mapEach { file throws(CommandFailure) in
            // The limit is a byte above that of a document, so that a longer document is a finding and not an unreadable file.
            (file, try InputFile.prefix(of: file, maximumBytes: PolicyDocument.maximumBytes + 1))
        }
        var isRefused = false
        for (file, bytes) in documents {
            for finding in PolicyDocument(reading: bytes).findings {
                switch format {
                case .text: try standardOutput(finding.line(in: file))
                case .json: try standardOutput(finding.json(in: file).description)
                }
                if strict || finding.severity == .error { isRefused = true }
            }
        }
        if isRefused { throw ExitStatus.no }
    }

    func validate() throws {
        if files.isEmpty && options.isEmpty { throw ValidationError("Name a policy document.") }
        if (files + options).count(where: { $0 == "-" }) > 1 {
            throw ValidationError("Standard input can be read once.")
        }
    }
}

extension Finding {
    fileprivate func json(in path: String) -> JSONValue {
        let position = position ?? SourcePosition(line: 1, column: 1)
        return [
            "file": .string(path), "line": .number(JSONNumber(position.line)),
            "column": .number(JSONNumber(position.column)), "severity": .string(severity.rawValue),
            "code": .string(code.rawValue), "message": .string(message),
        ]
    }
}
#endif
