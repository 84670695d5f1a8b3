#if Hummingbird
import Logging
import Synchronization

/// The lines that were logged.
final class RecordedLog: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        /// The message, and what comes with it.
        let text: String
    }

    private let recorded = Mutex<[Line]>([])

    var lines: [Line] { recorded.withLock { $0 } }

    /// A logger that writes here.
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let line = Line(level: event.level, text: "\(event.message) \(event.metadata ?? [:])")
            log.recorded.withLock { $0.append(line) }
        }
    }
}
#endif
