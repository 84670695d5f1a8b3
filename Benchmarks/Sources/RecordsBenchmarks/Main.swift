import CAllocations
import Foundation
import GRDB
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import HTTPTypes

/// What records cost, beside raw GRDB inserts of the same rows: the same durability, the same batches, in one run.
@main
enum Main {
    static let rounds = 5

    static func main() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "records-benchmarks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let measures: [(name: String, measure: (URL) async throws -> Bool)] = [
            ("intake", Intake.measure), ("appends", Appends.measure), ("hook", Hook.measure),
            ("questions", Questions.measure),
        ]
        // Names on the command line choose; none: all.
        let chosen = CommandLine.arguments.dropFirst()
        var passes = true
        for (name, measure) in measures where chosen.isEmpty || chosen.contains(name) {
            passes = try await measure(folder) && passes
        }
        if !passes { exit(1) }
    }

    /// Seconds that `body` takes.
    static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }

    static func gate(_ name: String, _ value: Double, atLeast limit: Double) -> Bool {
        report(name, value, value >= limit, ">= \(limit)")
    }

    static func gate(_ name: String, _ value: Double, atMost limit: Double) -> Bool {
        report(name, value, value <= limit, "<= \(limit)")
    }

    private static func report(_ name: String, _ value: Double, _ passes: Bool, _ limit: String) -> Bool {
        let shown = String(format: value < 100 ? "%.2f" : "%.0f", value)
        print(
            "\(passes ? "pass" : "FAIL") \(name.padding(toLength: 66, withPad: " ", startingAt: 0)) \(shown) (\(limit))"
        )
        return passes
    }

    static func store(_ folder: URL, _ name: String, audit: AuditLog.Configuration = .init()) async throws
        -> SQLiteRecords
    {
        try await SQLiteRecords(path: folder.appending(path: name).path, audit: audit)
    }
}
