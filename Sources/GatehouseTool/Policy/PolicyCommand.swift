#if Server
import ArgumentParser
import Gatehouse
import GatehousePolicyFiles

/// The command `gatehouse policy …`.
struct PolicyCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Checks policy documents, and answers by them.",
        subcommands: [
            PolicyLintCommand.self, PolicyCheckCommand.self, PolicyExplainCommand.self, PolicyPermissionsCommand.self,
            PolicyWhoCanCommand.self, PolicyMatrixCommand.self, PolicyDiffCommand.self, PolicyTestCommand.self,
            PolicyGenerateCommand.self, PolicySchemaCommand.self, PolicyPublishCommand.self,
        ]
    )
}

extension PolicyEngine {
    /// Compiles the policy document in a file.
    ///
    /// - Throws: ``CommandFailure`` with all findings if the document has errors.
    static func reading(_ path: String) throws(CommandFailure) -> PolicyEngine {
        let bytes = try InputFile.bytes(at: path, maximumBytes: PolicyDocument.maximumBytes)
        do throws(PolicyError) {
            return try PolicyEngine(reading: bytes)
        } catch {
            throw CommandFailure(error, in: path)
        }
    }

    /// Warns on standard error of names that the document in a file does not define.
    func warn(of names: [PolicyEngine.UnknownName], in path: String) {
        for name in names { standardError("\(path): warning: \(name)") }
    }
}

extension CommandFailure {
    /// Makes the failure for a document with errors, with all findings, or for a document without errors that cannot be used, with the
    /// reason.
    init(_ error: PolicyError, in path: String) {
        self.init(
            error.failure.map { "\(path): \($0)" }
                ?? error.findings.map { $0.line(in: path) }.joined(separator: "\n")
        )
    }
}

extension Finding {
    /// Returns the finding as `FILE:LINE:COLUMN: SEVERITY: MESSAGE [CODE]`.
    func line(in path: String) -> String {
        "\(path):\(position ?? SourcePosition(line: 1, column: 1)): \(severity.rawValue): \(message) [\(code.rawValue)]"
    }
}
#endif
