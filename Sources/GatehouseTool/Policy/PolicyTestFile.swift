#if Server
import Foundation
import Gatehouse
import GatehousePolicyFiles

/// A test document that was read from a file, with the policy that it tests.
struct PolicyTestFile {
    let tests: [PolicyTestDocument.Test]
    /// The path of the policy as messages show it.
    let policyPath: String
    /// An id that is equal for all paths to one file.
    let policyFile: ByteText

    /// - Parameter now: The time of a test that names none.
    /// - Throws: ``CommandFailure`` with every finding where the document has errors.
    init(reading path: String, now: Timestamp) throws(CommandFailure) {
        let bytes = try InputFile.bytes(at: path, maximumBytes: PolicyDocument.maximumBytes)
        let document: PolicyTestDocument
        do throws(PolicyError) {
            document = try PolicyTestDocument(reading: bytes, now: now)
        } catch {
            throw CommandFailure(error, in: path)
        }
        let name = document.policyPath
        // The name is shown on a terminal, and C ends a path at a NUL.
        guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw CommandFailure("\(path): the path “\(name.printable)” has control characters")
        }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        tests = document.tests
        policyPath = name.hasPrefix("/") ? name : folder + name
        policyFile = ByteText(Self.resolved(policyPath))
    }

    /// Returns the path without links and dots; the path itself if there is no such file, which its reader then reports.
    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
#endif
