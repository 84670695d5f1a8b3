import CAllocations
import Foundation
import GatehouseRecords
import GatehouseSQLite

/// What the audit log adds to a check.
enum Hook {
    private static let count = 20_000

    static func measure(_ folder: URL) async throws -> Bool {
        try requireCounter()
        let engine = try PolicyEngine(Policy(roles: [Role("org:member", grants: ["org:invoices:read"])]))
        let principal = Principal("user_1", issuer: "i", organization: "org_1", roles: ["org:member"])
        let plain = Authorizer(engine: engine, issuer: "i")
        var (with, without) = (Cost(), Cost())
        for round in 0..<Main.rounds {
            let records = try await Main.store(folder, "hook\(round).db", audit: .init(capacity: count + 1))
            let observed = Authorizer(engine: engine, issuer: "i", observers: [records.audit])
            without.add(try await cost(of: plain, principal))
            with.add(try await cost(of: observed, principal))
            // Every check left a record: the hook was not passed by.
            try await records.audit.flush()
            let kept = try await records.read { try $0.auditCounts(AuditQuery(types: [AuditRecord.decision])) }
            guard kept.map(\.count) == [count + 1] else {
                fatalError("\(kept) of \(count + 1) decisions were recorded")
            }
        }
        let texts = [without, with].map {
            String(format: "%.3f µs and %.4f allocations", $0.microseconds, $0.allocations)
        }
        print("audit hook: a check takes \(texts[0]), and with the hook \(texts[1])")
        let isFast = Main.gate(
            "audit hook: microseconds added to a check",
            with.microseconds - without.microseconds,
            atMost: 1.5
        )
        return Main.gate(
            "audit hook: allocations added to a check",
            with.allocations - without.allocations,
            atMost: 4
        ) && isFast
    }

    /// The cost of a check, at best.
    private struct Cost {
        var microseconds = Double.infinity
        var allocations = Double.infinity

        mutating func add(_ other: Cost) {
            microseconds = min(microseconds, other.microseconds)
            allocations = min(allocations, other.allocations)
        }
    }

    /// Checks within a request that is described, as hosts describe each; the first is not counted.
    private static func cost(of authorizer: Authorizer, _ principal: Principal) async throws -> Cost {
        let request = RequestDescription(
            id: "6f1c8f0e-5a57-4b3e-9a43-0d7f3f0c2b11",
            address: "192.0.2.1",
            userAgent: "Mozilla/5.0 (X11; Linux x86_64)"
        )
        return try await RequestDescription.$current.withValue(request) {
            _ = try await authorizer.isAllowed("org:invoices:read", for: principal)
            let before = allocations_made()
            let seconds = try await Main.seconds {
                for _ in 0..<count { _ = try await authorizer.isAllowed("org:invoices:read", for: principal) }
            }
            let made = allocations_made() - before
            return Cost(microseconds: seconds / Double(count) * 1e6, allocations: Double(made) / Double(count))
        }
    }

    /// Fails where the counter does not count what Swift allocates, so that a small count means something.
    private static func requireCounter() throws {
        let before = allocations_made()
        let objects = (0..<1_000).map { _ in Object() }
        let made = allocations_made() - before
        guard made >= UInt(objects.count) else {
            fatalError("1000 objects were made, and the counter counted \(made) allocations")
        }
    }

    private final class Object {}
}
