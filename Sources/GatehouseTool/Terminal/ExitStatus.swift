#if Server
import Foundation

/// The exit status of a command that does not succeed.
enum ExitStatus: Int32, Error {
    /// The answer is no.
    case no = 1
    /// The command could not be carried out, and standard error has the reason.
    case failed = 2
}

/// The reason why a command could not be carried out: one or more lines for standard error.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension Sequence {
    /// Maps every element, even after a failure, so that the user sees all failures at once.
    ///
    /// - Throws: ``CommandFailure`` with the lines of all failures.
    func mapEach<Result>(
        _ transform: (Element) throws(CommandFailure) -> Result
    ) throws(CommandFailure) -> [Result] {
        var results: [Result] = []
        var failures: [String] = []
        for element in self {
            do throws(CommandFailure) {
                results.append(try transform(element))
            } catch {
                failures.append(error.description)
            }
        }
        guard failures.isEmpty else { throw CommandFailure(failures.joined(separator: "\n")) }
        return results
    }
}

/// Writes a line to standard error.
func standardError(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
}

/// Writes a line to standard output at once.
///
/// - Throws: ``CommandFailure`` if standard output is closed.
func standardOutput(_ line: String) throws(CommandFailure) {
    do {
        try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    } catch {
        throw CommandFailure("standard output: \(error.localizedDescription)")
    }
}
#endif
