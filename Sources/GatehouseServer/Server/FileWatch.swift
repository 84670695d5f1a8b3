#if Server
import Foundation
import Synchronization

/// What tells one content of a file from another; that of a file that is not there is like no other.
struct FileStamp: Sendable, Equatable {
    private let number: UInt64?
    private let size: UInt64?
    private let changed: Date?

    init(_ path: String) {
        // Mounted configuration is a link, of which the last one's target is replaced.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        number = (attributes?[.systemFileNumber] as? NSNumber)?.uint64Value
        size = (attributes?[.size] as? NSNumber)?.uint64Value
        changed = attributes?[.modificationDate] as? Date
    }
}

/// Looks at files from time to time, and tells of those that have changed and are quiet since: a file is written in more than one step.
struct FileWatch: Sendable {
    static let interval = Duration.milliseconds(250)

    let path: String
    /// The stamp of what was read before.
    let first: FileStamp
    let reload: @Sendable () async -> Void

    /// Looks until the task is cancelled.
    func run() async {
        var read = first
        var seen = first
        while !Task.isCancelled {
            guard (try? await Task.sleep(for: Self.interval)) != nil else { return }
            let stamp = FileStamp(path)
            defer { seen = stamp }
            guard stamp != read, stamp == seen else { continue }
            read = stamp
            await reload()
        }
    }
}
#endif
