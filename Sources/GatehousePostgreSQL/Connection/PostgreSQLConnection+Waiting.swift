#if PostgreSQL
import CPostgreSQL
import Foundation
import GatehouseRecords

extension PostgreSQLConnection {
    /// Waits until the server has written something.
    ///
    /// - Returns: False if the time was over before.
    func wait(until end: ContinuousClock.Instant) -> Bool {
        let socket = PQsocket(handle)
        guard socket >= 0 else { return true }
        while true {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return false }
            var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            let count = poll(&descriptor, 1, Int32(clamping: left.clampedMilliseconds))
            if count > 0 { return true }
            if count < 0, errno != EINTR { return true }
        }
    }

    /// Reads the data that the server wrote without a request.
    ///
    /// - Throws: `RecordStoreError` if the connection broke. libpq reports that only here: there is no state for it.
    func consume() throws {
        guard PQconsumeInput(handle) == 1, isConnected else { throw lost() }
    }

    /// Returns true if the server has ended the connection, as far as this end can tell. The method first reads the server's last data.
    func isEnded() -> Bool {
        while true {
            var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            guard descriptor.fd >= 0 else { return true }
            guard poll(&descriptor, 1, 0) > 0 else { return !isConnected }
            guard PQconsumeInput(handle) == 1 else { return true }
        }
    }

    /// Returns the next notification; `nil` if there is none.
    func nextNotification() -> String? {
        guard let notification = PQnotifies(handle) else { return nil }
        defer { PQfreemem(notification) }
        return notification.pointee.extra.map { String(cString: $0) } ?? ""
    }
}

extension Duration {
    /// The duration in whole milliseconds: at least 1, and at most the largest number that PostgreSQL and `poll` accept.
    var clampedMilliseconds: Int64 {
        let milliseconds = self / .milliseconds(1)
        return milliseconds >= Double(Int32.max) ? Int64(Int32.max) : max(1, Int64(milliseconds))
    }
}
#endif
