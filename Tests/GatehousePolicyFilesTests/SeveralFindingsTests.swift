#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("One mistake is one finding, however much depends on the mistake")
struct SeveralFindingsTests {
    @Test("mistakes in all sections are found at once, sorted by place")
    func sections() {
        MarkedDocument(
            .invalidCondition,
            .unknownRole,
            .invalidRule,
            .duplicateID,
            .unknownKey,
            .invalidConstraint,
            .unknownPermission,
            .inheritanceCycle,
            .invalidAssignment,
            .unknownRole,
            in: """
                gatehouse: 1
                rules:
                - id: a
                  when: { exists: ‸x }
                  effect: allow
                  roles: [p, ‸z]
                  permissions: [x]
                - { id: b, effect: ‸no, roles: [p], permissions: [x] }
                - { id: ‸b, effect: deny, roles: [p], permissions: [x], ‸if: 1 }
                constraints:
                - { id: a, kind: static, roles: [p, q], limit: ‸2 }
                permissions: { x: "" }
                roles:
                  p: { grants: [‸y], inherits: [q] }
                  q: { inherits: [‸p] }
                assignments:
                - { principal: a, role: p, resource: ‸q }
                - { principal: a, role: ‸x }
                """
        ).expectFindings()
    }

    private static let roles = "gatehouse: 1\nroles: { p: { grants: [x] }, q: { grants: [y] } }\n"
    private static let both =
        "assignments: [{ principal: a, role: p, organization: o }, { principal: a, role: ‸q }]\n"

    @Test(
        "a part that could not be read gives no second finding",
        arguments: [
            // Of roles and permissions that nobody could read
            MarkedDocument(
                .invalidRule,
                in: roles + "rules: [{ id: a, effect: allow, roles: [‸1], permissions: [x] }]"
            ),
            MarkedDocument(
                .invalidRule,
                in: roles + "rules: [{ id: a, effect: allow, roles: '*', permissions: [‸~] }]"
            ),
            MarkedDocument(
                .invalidRule,
                .invalidRule,
                in: "gatehouse: 1\nrules: [{ id: ‸1, effect: deny, roles: '*', permissions: ['**'] }, "
                    + "{ id: ‸2, effect: deny, roles: '*', permissions: ['**'] }]"
            ),
            MarkedDocument(
                .invalidConstraint,
                .invalidConstraint,
                in: roles + "constraints: [{ id: ‸1, kind: dynamic, roles: [p, q], limit: 1 }, "
                    + "{ id: ‸1, kind: dynamic, roles: [p, q], limit: 1 }]"
            ),
            // Limits of roles, of which one or all could not be read
            MarkedDocument(
                .invalidConstraint,
                in: roles + "constraints: [{ id: a, kind: static, roles: [p, ‸1], limit: 2 }]\n"
            ),
            MarkedDocument(
                .invalidConstraint,
                .invalidConstraint,
                in: roles + "constraints: [{ id: a, kind: static, limit: ‸x, roles: [‸~] }]\n"
            ),
            MarkedDocument(.invalidConstraint, in: roles + "constraints: [‸{ id: a, kind: static, limit: 1 }]\n"),
            // Violations of constraints that could not be read
            MarkedDocument(
                .invalidConstraint,
                in: roles + "constraints: [{ id: a, kind: ‸Static, roles: [p, q], limit: 1 }]\n"
                    + both.replacing("‸", with: "")
            ),
            MarkedDocument(
                .invalidConstraint,
                in: roles + "constraints: [{ id: a, kind: static, roles: [p, q], limit: ‸'2' }]\n"
                    + both.replacing("‸", with: "")
            ),
            MarkedDocument(
                .invalidConstraint,
                in: roles + "constraints: [{ id: a, kind: static, roles: [p, q, ‸3], limit: 1 }]\n"
                    + both.replacing("‸", with: "")
            ),
            MarkedDocument(
                .unknownKey,
                in: roles + "constraints: [{ id: a, kind: static, roles: [p, q], limit: 1, ‸x: 1 }]\n"
                    + both.replacing("‸", with: "")
            ),
            // Violations by assignments that could not be read
            MarkedDocument(
                .invalidAssignment,
                in: roles + "constraints: [{ id: a, kind: static, roles: [p, q], limit: 1 }]\n"
                    + "assignments: [{ principal: a, role: p, organization: ‸~ }, "
                    + "{ principal: a, role: q, organization: o }]"
            ),
            MarkedDocument(
                .invalidAssignment,
                .invalidAssignment,
                in: roles + "constraints: [{ id: a, kind: static, roles: [p, q], limit: 1 }]\n"
                    + "assignments: [{ principal: ‸1, role: p }, { principal: ‸2, role: q }]"
            ),
            MarkedDocument(
                .invalidAssignment,
                .unknownKey,
                in: roles + "constraints: [{ id: a, kind: static, roles: [p, q], limit: 1 }]\n"
                    + "assignments: [‸{ role: p }, { principal: a, role: q, ‸organisation: o }, "
                    + "{ principal: a, role: p, organization: n }]"
            ),
            MarkedDocument(
                .invalidAssignment,
                .invalidAssignment,
                .invalidAssignment,
                in: roles + "constraints: [{ id: a, kind: static, roles: [p, q], limit: 1 }]\n"
                    + "assignments: [{ principal: ‸'', role: p }, { principal: ‸'', role: q }, "
                    + "{ principal: a, role: q }, { principal: a, role: p, organization: ‸'' }]"
            ),
            // Warnings
            MarkedDocument(.unknownKey, in: "gatehouse: 1\nroles: { a: { ‸grant: [x] } }"),
            MarkedDocument(.invalidName, in: "gatehouse: 1\npermissions: { ‸'a:*': x, b: y }\nroles: { a: {} }"),
            MarkedDocument(
                .invalidCondition,
                in: roles + "rules: [{ id: a, effect: allow, roles: [p], permissions: [x], when: ‸{} }]"
            ),
        ]
    )
    func followUps(document: MarkedDocument) {
        let findings = PolicyDocument(reading: document.bytes).findings
        #expect(findings.allSatisfy { $0.severity == .error })
        document.expectFindings()
    }

    @Test(
        "the parts that could be read are judged all the same",
        arguments: [
            MarkedDocument(
                .constraintViolated,
                in: roles + "constraints: [{ id: a, kind: static, roles: [p, q], limit: 1 }]\n" + both
            ),
            MarkedDocument(
                in: roles + "constraints: [{ id: a, kind: dynamic, roles: [p, q], limit: 1 }]\n"
                    + both.replacing("‸", with: "")
            ),
            MarkedDocument(
                .invalidRule,
                .constraintViolated,
                in: roles + "rules: [‸1]\nconstraints: [{ id: a, kind: static, roles: [p, q], limit: 1 }]\n" + both
            ),
            MarkedDocument(
                .invalidConstraint,
                .constraintViolated,
                in: roles + "constraints: [‸~, { id: a, kind: static, roles: [p, q], limit: 1 }]\n" + both
            ),
            MarkedDocument(
                .invalidAssignment,
                .constraintViolated,
                in: roles + "constraints: [{ id: a, kind: static, roles: [p, q], limit: 1 }]\nassignments:\n"
                    + "- { principal: b, role: ‸1 }\n- { principal: a, role: p }\n- { principal: a, role: ‸q }\n"
            ),
            MarkedDocument(
                .unknownKey,
                .constraintViolated,
                in: "gatehouse: 1\n‸rule: []\nroles: { p: { grants: [x] }, q: { inherits: [p] } }\n"
                    + "constraints:\n- { id: a, kind: static, roles: [p, q], limit: 1 }\nassignments:\n"
                    + "- principal: a\n  role: ‸q\n  notAfter: 2000-01-01T00:00:00Z\n  resource: a:b\n"
            ),
        ]
    )
    func judged(document: MarkedDocument) {
        document.expectFindings()
    }
}
#endif
