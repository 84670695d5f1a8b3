import Testing

@testable import Gatehouse

@Suite("Members with the same roles share one resolved list")
struct ResolvedRolesTableTests {
    private let table = ResolvedRolesTable()
    private let member = Member("u", in: "o", issuer: "https://issuer")
    private let engine: PolicyEngine

    init() throws { engine = try PolicyEngine(Policy { Role("reader") { Grants("read") } }) }

    @Test("equal lists of roles are shared while the policy stays")
    func sharing() throws {
        let first = table.roles(["reader"], of: member, ownIssuer: member.issuer, engine)
        for number in 0..<100 {
            _ = table.roles([RoleAssignment("role_\(number)")], of: member, ownIssuer: member.issuer, engine)
        }
        #expect(table.roles(["reader"], of: member, ownIssuer: member.issuer, engine) === first)
        #expect(table.count == 101)
        #expect(try table.roles(["reader"], of: member, ownIssuer: member.issuer, PolicyEngine(Policy())) !== first)
        #expect(table.count == 1)
    }

    @Test("a table that is full of lists begins anew")
    func bound() {
        for number in 0..<4_096 {
            _ = table.roles([RoleAssignment("role_\(number)")], of: member, ownIssuer: member.issuer, engine)
        }
        #expect(table.count == 4_096)
        _ = table.roles(["reader"], of: member, ownIssuer: member.issuer, engine)
        #expect(table.count == 1)
    }
}
