#if SQLite
import TestSupport

extension TemporaryFolder {
    /// The path of the store of a test.
    var database: String { file("gatehouse.db") }
}
#endif
