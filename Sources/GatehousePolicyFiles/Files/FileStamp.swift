#if PolicyFiles
import Foundation

/// A mark that tells one content of a file from another; the mark of a missing file is like no other.
package struct FileStamp: Sendable, Equatable {
    private let number: UInt64?
    private let size: UInt64?
    private let changed: Date?

    package init(_ path: String) {
        // Mounted configuration is a link, of which the last one's target is replaced.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        number = (attributes?[.systemFileNumber] as? NSNumber)?.uint64Value
        size = (attributes?[.size] as? NSNumber)?.uint64Value
        changed = attributes?[.modificationDate] as? Date
    }
}
#endif
