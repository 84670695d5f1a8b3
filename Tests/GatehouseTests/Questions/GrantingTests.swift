import Gatehouse
import Testing

@Suite("A principal hands out only roles whose rights it holds")
struct GrantingTests {
    @Test("patterns, denials and rules of both sides count", arguments: GrantingCase.ofPatterns + GrantingCase.ofRules)
    func cases(_ example: GrantingCase) throws {
        for combining in example.combining {
            var roles = [Role("given", grants: example.given.grants, denies: example.given.denies)]
            for (index, parts) in example.held.enumerated() {
                roles.append(Role("held\(index)", grants: parts.grants, denies: parts.denies))
            }
            // A right by inheritance counts like a direct one.
            roles += [Role("heir", inherits: ["given"]), Role("heir2", inherits: ["heir"])]
            let engine = try PolicyEngine(Policy(combining: combining, roles: roles, rules: example.rules))
            let principal = Principal("x", roles: example.held.indices.map { RoleAssignment("held\($0)") })
            for role in ["given", "heir", "heir2"] {
                let assessment = engine.canGrant(role, by: principal, at: .distantPast)
                #expect(assessment.remainder.map(\.text) == example.remainder, "\(combining) \(role)")
                #expect(assessment.isAllowed == example.remainder.isEmpty)
            }
        }
    }
}
