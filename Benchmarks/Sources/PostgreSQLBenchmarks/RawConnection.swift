import CLibpq
import Foundation

/// libpq's own calls, as a C program makes them.
final class RawConnection {
    private let handle: OpaquePointer

    init(_ url: String) {
        guard let handle = PQconnectdb(url), PQstatus(handle) == CONNECTION_OK else { fatalError("no connection") }
        self.handle = handle
    }

    deinit { PQfinish(handle) }

    /// The process that serves this connection.
    var process: Int32 { PQbackendPID(handle) }

    /// Takes in what came, and gives how many notifications that were; waits for some for so many milliseconds.
    func notifications(waiting milliseconds: Int32) -> Int {
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, milliseconds) > 0, PQconsumeInput(handle) == 1 else { return 0 }
        var count = 0
        while let notification = PQnotifies(handle) {
            PQfreemem(notification)
            count += 1
        }
        return count
    }

    func run(_ sql: String) {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
            fatalError(String(cString: PQerrorMessage(handle)))
        }
    }

    func prepare(_ name: String, _ sql: String) {
        let result = PQprepare(handle, name, sql, 0, nil)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { fatalError(String(cString: PQerrorMessage(handle))) }
    }

    /// Runs a statement with values in PostgreSQL's binary form.
    func run(_ name: String, _ values: [[UInt8]?]) {
        let buffer = Array(values.compactMap { $0 }.joined()) + [0]
        buffer.withUnsafeBytes { bytes in
            let base = bytes.baseAddress!.assumingMemoryBound(to: CChar.self)
            var offset = 0
            let pointers = values.map { value -> UnsafePointer<CChar>? in
                guard let value else { return nil }
                defer { offset += value.count }
                return base + offset
            }
            let lengths = values.map { Int32($0?.count ?? 0) }
            let formats = [Int32](repeating: 1, count: values.count)
            let result = PQexecPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1)
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_COMMAND_OK else {
                fatalError(String(cString: PQerrorMessage(handle)))
            }
        }
    }
}

func bytes(_ number: Int64) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
func bytes(_ text: String?) -> [UInt8]? { text.map { Array($0.utf8) } }
func bytes(_ value: Bool) -> [UInt8] { [value ? 1 : 0] }
