#if PostgreSQL
import CPostgreSQL

/// A handle that asks the server to cancel the work of a connection. The call blocks.
///
/// The type is `@unchecked Sendable`, since the handle never changes after `init`, and libpq allows any thread to cancel with it
/// (PQcancel).
final class PostgreSQLCancellation: @unchecked Sendable {
    // libpq allows every thread to use a cancellation.
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
