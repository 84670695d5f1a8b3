import Gatehouse
import Testing

extension Permission {
    fileprivate static let read: Permission = "org:invoices:read"
}

@Suite("A policy that is written in Swift is the same value as its parts")
struct PolicyBuilderTests {
    @Test("every part lands in its place, in order", arguments: [true, false])
    func builds(withAuditor: Bool) {
        let built = Policy {
            CataloguedPermission("org:invoices:read", "Read invoices")
            CataloguedPermission("org:invoices:void")
            Role("org:viewer", description: "looks") { Grants(.read) }
            if withAuditor {
                Role("org:auditor") { Inherits("org:viewer") }
            } else {
                Role("org:guest") {}
            }
            for name in ["x", "y"] { Role(name, grants: ["org:invoices:*"]) }
            Assignment("org:viewer", to: "alice", in: "org_1")
        }
        let middle = withAuditor ? Role("org:auditor", inherits: ["org:viewer"]) : Role("org:guest")
        #expect(
            built
                == Policy(
                    permissions: [
                        CataloguedPermission("org:invoices:read", "Read invoices"),
                        CataloguedPermission("org:invoices:void"),
                    ],
                    roles: [
                        Role("org:viewer", description: "looks", grants: ["org:invoices:read"]), middle,
                        Role("x", grants: ["org:invoices:*"]), Role("y", grants: ["org:invoices:*"]),
                    ],
                    assignments: [Assignment("org:viewer", to: "alice", in: "org_1")]
                )
        )
    }

    @Test("equal policies have equal revisions, and any change another")
    func revisions() throws {
        let base = Policy(
            permissions: [CataloguedPermission("x", "text")],
            roles: [Role("a", grants: ["x"]), Role("b", inherits: ["a"], denies: ["x"])],
            assignments: [Assignment("a", to: "alice")]
        )
        var changed: [Policy] = Array(repeating: base, count: 7)
        changed[0].permissions = nil
        changed[1].roles[0].grants = []
        changed[2].roles[1].inherits = []
        changed[3].roles.swapAt(0, 1)
        changed[4].assignments[0].organization = "o"
        changed[5].assignments[0].role.notAfter = .distantFuture
        changed[6].roles[0].description = "other"
        let revisions = try ([base] + changed).map { try PolicyEngine($0).revision }
        #expect(Set(revisions).count == 8)
        #expect(try PolicyEngine(base).revision == revisions[0])
        #expect(try PolicyEngine(Policy(permissions: [])).revision != PolicyEngine(Policy(permissions: nil)).revision)
        #expect(revisions.allSatisfy { $0.text.utf8.count == 64 })
    }
}
