#if PolicyFiles
/// A watch that looks at a file at intervals, and reloads the file after it has changed and then stayed unchanged for an interval. A file
/// may be written in more than one step.
package struct FileWatch: Sendable {
    package static let interval = Duration.milliseconds(250)

    private let path: String
    /// The stamp of the content that was read before.
    private let first: FileStamp
    private let reload: @Sendable () async -> Void

    package init(path: String, first: FileStamp, reload: @Sendable @escaping () async -> Void) {
        (self.path, self.first, self.reload) = (path, first, reload)
    }

    /// Watches the file until the task is cancelled.
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
