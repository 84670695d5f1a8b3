import CAllocations
import Foundation
import GatehouseRecords
import GatehouseSQLite

/// What the audit log adds to a check.
enum Hook {
    private static let count = 20_000

    static func measure(_ folder: URL) async throws -> Bool {
        let engine = try PolicyEngine(Policy(roles: [Role("org:member", grants: ["org:invoices:read"])]))
        let principal = Principal("user_1", issuer: "i", organization: "org_1", roles: ["org:member"])
        var (with, without) = ([Double](), [Double]())
        var (allocationsWith, allocationsWithout) = (Double.infinity, Double.infinity)
        for round in 0..<Main.rounds {
            let records = try await Main.store(folder, "hook\(round).db", audit: .init(capacity: count + 1))
            let observed = Authorizer(engine: engine, issuer: "i", observers: [records.audit])
            let plain = Authorizer(engine: engine, issuer: "i")
            _ = try await observed.isAllowed("org:invoices:read", for: principal)
            _ = try await plain.isAllowed("org:invoices:read", for: principal)
            var before = allocations_made()
            without.append(
                try await Main.seconds {
                    for _ in 0..<count - 1 { _ = try await plain.isAllowed("org:invoices:read", for: principal) }
                }
            )
            allocationsWithout = min(allocationsWithout, Double(allocations_made() - before) / Double(count))
            before = allocations_made()
            with.append(
                try await Main.seconds {
                    for _ in 0..<count - 1 { _ = try await observed.isAllowed("org:invoices:read", for: principal) }
                }
            )
            allocationsWith = min(allocationsWith, Double(allocations_made() - before) / Double(count))
        }
        let added = (with.min()! - without.min()!) / Double(count) * 1e6
        let isFast = Main.gate("audit hook: microseconds added to a check", added, atMost: 1.5)
        return Main.gate("audit hook: allocations added to a check", allocationsWith - allocationsWithout, atMost: 4)
            && isFast
    }
}
