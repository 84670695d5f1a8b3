#if Server
import ArgumentParser
import Gatehouse
import GatehousePolicyFiles

/// `gatehouse policy lint`
struct PolicyLintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Lists what is wrong with a policy document, each with its line and column.",
        discussion: "Exits with 0 where there is no error, 1 where there is one, 2 where the file cannot be read."
    )

    /// How findings are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// `FILE:LINE:COLUMN: SEVERITY: MESSAGE [CODE]`
        case text
        /// One object a line.
        case json
    }

    @Argument(help: ArgumentHelp("The policy document, in YAML or JSON.", valueName: "file"))
    var file: String

    @Option(help: "How to print: text or json.")
    var format: Format = .text

    func run() async throws {
        // One byte more than a document may have, so that a longer one is a finding and not an unreadable file.
        let bytes = try InputFile.prefix(of: file, maximumBytes: PolicyDocument.maximumBytes + 1)
        let findings = PolicyDocument(reading: bytes).findings
        for finding in findings {
            switch format {
            case .text: try standardOutput(finding.line(in: file))
            case .json: try standardOutput(finding.json(in: file).description)
            }
        }
        if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.no }
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
