#if SQLite
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

/// The rules for every store of records.
struct StoreConformanceTests {
    @Test(arguments: UInt64(1)...10)
    func `Changes of the directory end in the same, whatever the order in which they arrive`(_ seed: UInt64)
        async throws
    {
        let folder = try TemporaryFolder()
        let records = try await SQLiteRecords(path: folder.database)
        let violations = try await DirectoryOrderConformance.violations(of: records, seed: seed)
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
        let model = try await DirectoryOrderConformance.violations(of: InMemoryRecords(), seed: seed)
        #expect(model.isEmpty, "\(model.joined(separator: "\n"))")
    }
}
#endif
