import Foundation
import GatehouseBase

/// Cases of our own, made by `Tests/Vectors/make` with OpenSSL's command: signatures that no code of ours had a hand in.
package enum OwnVectors {
    private static let folder = URL(filePath: #filePath).appending(path: "../../Vectors").standardized

    /// The elements of the array at `member` of a file, which is part of the repository: without it, or without a row, the tests end.
    package static func rows(_ file: String, _ member: String) -> [SharedVectors.Row] {
        let bytes = (try? Data(contentsOf: folder.appending(path: file))).map { Array($0) } ?? []
        let elements = (try? JSONDocument(parsing: bytes))?.root.member(member)?.elements.map { JSONValue($0) } ?? []
        precondition(!elements.isEmpty, "\(file) has no rows at “\(member)”")
        return elements.enumerated().map { SharedVectors.Row(index: $0, value: $1) }
    }
}
