#if PolicyFiles
import Foundation

/// What tells one content of a file from another; that of a file that is not there is like no other.
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
