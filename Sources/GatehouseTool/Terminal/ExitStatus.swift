#if Server
import Foundation

/// How a command ends where it does not simply return.
enum ExitStatus: Int32, Error {
    /// The answer is no.
    case no = 1
    /// The command could not be carried out, and standard error says why.
    case failed = 2
}

/// Why a command could not be carried out: one or more lines for standard error.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Writes a line to standard error.
func standardError(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
}

/// Writes a line to standard output, at once.
///
/// - Throws: ``CommandFailure`` where nobody takes it.
func standardOutput(_ line: String) throws(CommandFailure) {
    do {
        try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    } catch {
        throw CommandFailure("standard output: \(error.localizedDescription)")
    }
}
#endif
