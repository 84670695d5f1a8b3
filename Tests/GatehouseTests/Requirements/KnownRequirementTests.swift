import Gatehouse
import SeededGenerator
import Testing

@Suite("A requirement that is known to be met is met")
struct KnownRequirementTests {
    private static let permissions = ["invoices:read", "invoices:pay", "reports:read", "no:such", "not a name"]

    private func policy() throws -> PolicyEngine {
        try PolicyEngine(
            Policy {
                Role("reader") { Grants("invoices:read", "reports:read") }
                Role("payer") {
                    Grants("invoices:*")
                    Denies("reports:read")
                }
                Rule("locked", .deny, "invoices:read", to: Rule.everyone, when: .exists("$resource.locked"))
            }
        )
    }

    private func requirement(_ generator: inout SeededGenerator, depth: Int = 0) -> Requirement {
        switch Int.random(in: 0..<(depth < 3 ? 10 : 7), using: &generator) {
        case 0: .authenticated
        case 1: .public
        case 2: .role(Bool.random(using: &generator) ? "reader" : "payer")
        case 3: .organization(inPath: "org")
        case 4:
            .permission(
                Self.permissions.randomElement(using: &generator) ?? "",
                on: .path("invoice", "id", attributes: Bool.random(using: &generator) ? ["locked": true] : [:])
            )
        case 5, 6: .permission(Self.permissions.randomElement(using: &generator) ?? "")
        case 7: .not(requirement(&generator, depth: depth + 1))
        case 8:
            .anyOf(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in requirement(&generator, depth: depth + 1) }
            )
        default:
            .allOf(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in requirement(&generator, depth: depth + 1) }
            )
        }
    }

    @Test("2,000 random requirements, for principals of all kinds", arguments: Authorizer.PermissionSource.allCases)
    func implies(source: Authorizer.PermissionSource) async throws {
        var generator = SeededGenerator(seed: 31)
        let authorizer = Authorizer(engine: try policy(), permissionSource: source, issuer: "")
        let principals = [
            Principal("nobody"), Principal("reader", organization: .init("org_1"), roles: ["reader"]),
            Principal("both", organization: .init("org_1"), roles: ["reader", "payer"]),
            Principal("carrier", roles: ["reader"], permissions: ["reports:read", "no:such"]),
            Principal("delegated", roles: ["payer"], tokenKind: .oauth, scopes: ["pay"]),
        ]
        let paths: [[String: String]] = [[:], ["org": "org_1", "id": "7"], ["org": "org_2", "id": ""]]
        var known = 0
        for _ in 0..<2_000 {
            let requirement = requirement(&generator)
            for principal in principals {
                let path = paths.randomElement(using: &generator) ?? [:]
                // Asked twice: the second time what was resolved is at hand.
                for _ in 0..<2 {
                    let isKnown = requirement.isKnownToBeMet(by: principal, parameters: path, authorizer)
                    let context = Requirement.Context(principal: principal, parameters: path, authorizer: authorizer)
                    let outcome = await requirement.evaluate(context)
                    if isKnown {
                        known += 1
                        #expect(outcome == .allowed, "\(requirement) for \(principal)")
                    }
                }
            }
        }
        #expect(known > 1_000)
    }

    @Test("two permissions that no policy grants together are never known to be met while the policies alternate")
    func alternating() async throws {
        let engines = try ["invoices:read", "reports:read"].map { permission in
            try PolicyEngine(Policy { Role("reader") { Grants(permission) } })
        }
        let authorizer = Authorizer(engine: engines[0], issuer: "")
        let principal = Principal("reader", roles: ["reader"])
        let requirement = Requirement.allOf(.permission("invoices:read"), .permission("reports:read"))
        try await withThrowingTaskGroup { group in
            group.addTask {
                for round in 0..<20_000 {
                    authorizer.policy.replace(with: engines[round % 2])
                    _ = try await authorizer.isAllowed("invoices:read", for: principal)
                }
            }
            group.addTask {
                var known = 0
                for _ in 0..<400_000 where requirement.isKnownToBeMet(by: principal, parameters: [:], authorizer) {
                    known += 1
                }
                #expect(known == 0)
            }
            try await group.waitForAll()
        }
    }

    @Test("no requirement is known to be met where an observer has to hear of the decision")
    func observed() async throws {
        struct Silent: DecisionObserver {
            func observe(_ event: DecisionEvent) async throws {}
        }
        let authorizer = Authorizer(engine: try policy(), issuer: "", observers: [Silent()])
        let principal = Principal("reader", roles: ["reader"])
        let requirement = Requirement.permission("invoices:read")
        #expect(await requirement.evaluate(.init(principal: principal, authorizer: authorizer)) == .allowed)
        #expect(!requirement.isKnownToBeMet(by: principal, parameters: [:], authorizer))
    }
}
