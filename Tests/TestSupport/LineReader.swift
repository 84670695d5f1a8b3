package import Foundation

/// The lines of a stream, one after another. It blocks while there is none.
package final class LineReader: @unchecked Sendable {
    // Unchecked: one task at a time reads a stream.
    private let handle: FileHandle
    private var bytes: [UInt8] = []

    package init(_ handle: FileHandle) { self.handle = handle }

    /// Reads more; `false` at the end of the stream.
    private func more() -> Bool {
        let chunk = handle.availableData
        bytes += chunk
        return !chunk.isEmpty
    }

    /// The next whole line, without its end; `nil` if none comes any more.
    package func next() -> String? {
        var searched = 0
        while true {
            if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { bytes.removeFirst(end + 1) }
                return String(decoding: bytes[..<end], as: UTF8.self)
            }
            searched = bytes.count
            guard more() else { return nil }
        }
    }

    /// The text that was not read yet, up to the end of the stream.
    package func rest() -> String {
        while more() {}
        defer { bytes = [] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
