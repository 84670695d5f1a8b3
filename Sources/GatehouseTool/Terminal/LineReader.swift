#if Server
import Foundation

/// A reader of the lines of standard input as bytes. The last newline starts no line, and a CR belongs to its line.
struct LineReader {
    private let input: Int32
    private let maximumBytes: Int
    private var buffer: [UInt8] = []
    private var next = 0
    private var isAtEnd = false

    /// Makes a reader.
    ///
    /// - Parameter maximumBytes: The largest length of a line. Of a longer line, one more byte is returned and the rest is skipped, so that
    ///   the caller sees that the line is too long.
    init(_ input: FileHandle = .standardInput, maximumBytes: Int) {
        self.input = input.fileDescriptor
        self.maximumBytes = maximumBytes
    }

    mutating func nextLine() throws(CommandFailure) -> [UInt8]? {
        var line: [UInt8] = []
        var hasBegun = false
        while true {
            if next == buffer.count {
                try refill()
                if isAtEnd { return hasBegun ? line : nil }
            }
            hasBegun = true
            let end = buffer[next...].firstIndex(of: UInt8(ascii: "\n"))
            line += buffer[next..<(end ?? buffer.count)].prefix(maximumBytes + 1 - line.count)
            next = end.map { $0 + 1 } ?? buffer.count
            if end != nil { return line }
        }
    }

    private mutating func refill() throws(CommandFailure) {
        guard !isAtEnd else { return }
        // On Linux, `FileHandle` waits for all requested bytes. A client that sends one line and waits for its answer would wait for ever.
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var count = -1
        repeat { count = read(input, &chunk, chunk.count) } while count < 0 && errno == EINTR
        guard count >= 0 else { throw CommandFailure("standard input: it cannot be read") }
        buffer = Array(chunk.prefix(count))
        next = 0
        isAtEnd = buffer.isEmpty
    }
}
#endif
