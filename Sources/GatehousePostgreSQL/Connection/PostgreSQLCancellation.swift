#if PostgreSQL
import CPostgreSQL

/// Ends what the server does for a connection. Its call blocks.
///
/// `@unchecked Sendable`: the handle is never changed after `init`, and libpq lets any thread cancel by it (PQcancel).
final class PostgreSQLCancellation: @unchecked Sendable {
    // libpq: a cancellation may be used by any thread.
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit { PQfreeCancel(handle) }

    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(handle, &message, 256)
    }
}
#endif
