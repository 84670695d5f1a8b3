package import Foundation
package import GatehouseBase
package import Testing

/// The test data beside the project: published vectors and cases from other engines' tests. None of it is copied here.
package enum SharedVectors {
    /// `GATEHOUSE_VECTORS`, or `../shared` beside the package.
    private static let folder: URL =
        if let path = ProcessInfo.processInfo.environment["GATEHOUSE_VECTORS"] {
            URL(filePath: path, directoryHint: .isDirectory)
        } else {
            URL(filePath: #filePath).appending(path: "../../../../shared").standardized
        }

    private static let exists = FileManager.default.fileExists(atPath: folder.path)
    private static let isRequired = ProcessInfo.processInfo.environment["CI"] != nil

    /// Skips a test where the folder is missing, with a line that says so; but in CI the folder must be there.
    package static var trait: some TestTrait & SuiteTrait {
        ConditionTrait.enabled(if: exists || isRequired, "test data is missing at \(folder.path)")
    }

    /// The root of a JSON file below the folder. Missing in CI, it fails the test that asks.
    package static func json(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) -> JSONNode? {
        do {
            let bytes = try Array(Data(contentsOf: folder.appending(path: path)))
            return try JSONDocument(parsing: bytes).root
        } catch {
            if exists || isRequired { Issue.record("\(path): \(error)", sourceLocation: sourceLocation) }
            return nil
        }
    }

    /// The elements of the array at `member` of a JSON file: one row a case.
    package static func rows(_ path: String, _ member: String) -> [Row] {
        let elements = json(path)?.member(member)?.elements.map { JSONValue($0) } ?? []
        // A test without rows passes without having tested anything.
        precondition(!elements.isEmpty || !(exists || isRequired), "\(path) has no rows at “\(member)”")
        return elements.enumerated().map { Row(index: $0, value: $1) }
    }

    /// The names of the files in a folder.
    package static func files(in path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path)) ?? []
    }

    /// One case, printed by its name.
    package struct Row: Sendable, CustomTestStringConvertible {
        package let index: Int
        package let value: JSONValue

        package subscript(name: String) -> JSONValue? { value[name] }

        package var testDescription: String {
            value["id"]?.string ?? value["name"]?.string ?? value["comment"]?.string ?? "row \(index)"
        }
    }
}

extension SharedVectors {
    /// The place of a file below the folder.
    package static func url(of path: String) -> URL { folder.appending(path: path) }
}
