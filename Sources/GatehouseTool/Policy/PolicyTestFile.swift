#if Server
import Foundation
import Gatehouse
import GatehousePolicyFiles

/// A test document that was read from a file, with the policy that it tests.
struct PolicyTestFile {
    let tests: [PolicyTestDocument.Test]
    /// The path of the policy in messages.
    let policyPath: String
    /// An id of the policy's file. All paths to one file have equal ids.
    let policyFile: ByteText

    /// Reads a test document.
    ///
    /// - Parameter now: The time of a test without a time.
    /// - Throws: ``CommandFailure`` with all findings if the document has errors.
    init(reading path: String, now: Timestamp) throws(CommandFailure) {
        let bytes = try InputFile.bytes(at: path, maximumBytes: PolicyDocument.maximumBytes)
        let document: PolicyTestDocument
        do throws(PolicyError) {
            document = try PolicyTestDocument(reading: bytes, now: now)
        } catch {
            throw CommandFailure(error, in: path)
        }
        let name = document.policyPath
        // The name is shown on a terminal, and C code ends a path at a NUL.
        guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw CommandFailure("\(path): the path “\(name.printable)” has control characters")
        }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        tests = document.tests
        policyPath = name.hasPrefix("/") ? name : folder + name
        policyFile = ByteText(Self.resolved(policyPath))
    }

    /// Returns the path without links and dots, or the path itself if there is no such file. The reader then reports the missing file.
    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
#endif
