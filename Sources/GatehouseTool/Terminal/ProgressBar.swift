#if Server
import Foundation
import Synchronization

/// A progress display on standard error: a bar on a terminal, and otherwise a line for each tenth.
final class ProgressBar: Sendable {
    private static let width = 40
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let last = Mutex<(name: String, step: Int)?>(nil)

    /// Shows the number of finished items, and the total if it is known.
    func show(_ name: String, _ count: Int, of total: Int?) {
        let part = total.map { min(1, Double(count) / Double(max(1, $0))) }
        let step = part.map { Int($0 * 10) } ?? count / 1_000
        let isNew = last.withLock { last in
            defer { last = (name, step) }
            return last.map { $0 != (name, step) } ?? true
        }
        let text = "\(name): \(count)\(total.map { " of \($0)" } ?? "")"
        if isTerminal {
            let filled = Int((part ?? 0) * Double(Self.width))
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
            FileHandle.standardError.write(Data("\r\u{1B}[K[\(bar)] \(text)".utf8))
        } else if isNew {
            standardError(text)
        }
    }

    /// Ends the line of the bar.
    func end() {
        if isTerminal { FileHandle.standardError.write(Data("\n".utf8)) }
    }
}
#endif
