#if PolicyFiles
import Foundation

/// A mark that differs between two contents of a file. The mark of a missing file differs from all others.
package struct FileStamp: Sendable, Equatable {
    private let number: UInt64?
    private let size: UInt64?
    private let changed: Date?

    package init(_ path: String) {
        // A mounted configuration is a link to a link, and an update replaces the target of the last link.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        number = (attributes?[.systemFileNumber] as? NSNumber)?.uint64Value
        size = (attributes?[.size] as? NSNumber)?.uint64Value
        changed = attributes?[.modificationDate] as? Date
    }
}
#endif
