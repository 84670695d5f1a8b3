import Logging
import Synchronization

/// The lines of loggers that a program makes itself, such as a default logger. A process has one logging system, so that a test looks for
/// the lines with words of its own.
package enum LoggedLines {
    private static let lines = Mutex<[String]>([])
    private static let isInstalled: Bool = {
        LoggingSystem.bootstrap { label in
            MultiplexLogHandler([StreamLogHandler.standardError(label: label), Handler(label: label)])
        }
        return true
    }()

    /// Keeps the lines of the loggers that are made from now on.
    package static func keep() {
        _ = isInstalled
    }

    /// Returns the kept lines that contain a text, each with the logger's label, its level, its message and its metadata.
    package static func containing(_ text: String) -> [String] {
        lines.withLock { $0.filter { $0.contains(text) } }
    }

    private struct Handler: LogHandler {
        let label: String
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let line = "\(label) \(event.level): \(event.message) \(metadata.joined(separator: " "))"
            LoggedLines.lines.withLock { $0.append(line) }
        }
    }
}
