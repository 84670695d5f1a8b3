#if PolicyFiles
/// Looks at files from time to time, and tells of those that have changed and are quiet since: a file is written in more than one step.
package struct FileWatch: Sendable {
    package static let interval = Duration.milliseconds(250)

    private let path: String
    /// The stamp of what was read before.
    private let first: FileStamp
    private let reload: @Sendable () async -> Void

    package init(path: String, first: FileStamp, reload: @Sendable @escaping () async -> Void) {
        (self.path, self.first, self.reload) = (path, first, reload)
    }

    /// Looks until the task is cancelled.
    package func run() async {
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
