import Gatehouse
import Testing

@Suite("An assignment is a role, a resource and a time")
struct RoleAssignmentTests {
    private static let assignments: [RoleAssignment] = [
        "reader", "writer", RoleAssignment("reader", on: ResourceID(type: "doc", id: "1")),
        RoleAssignment("reader", on: ResourceID(type: "doc", id: "2")),
        RoleAssignment("reader", notBefore: .distantPast), RoleAssignment("reader", notBefore: .distantFuture),
        RoleAssignment("reader", notAfter: .distantPast), RoleAssignment("reader", notAfter: .distantFuture),
        "\u{E9}", "e\u{301}",
    ]

    @Test("assignments that differ in one field are different")
    func difference() {
        #expect(Set(Self.assignments).count == Self.assignments.count)
    }

    @Test("assignments that differ in one field hash differently, so that many of one member do not collide")
    func hash() {
        // Of ten hashes of 64 bits two are equal by chance once in 10^17 runs.
        #expect(Set(Self.assignments.map(\.hashValue)).count == Self.assignments.count)
    }

    @Test("an assignment that names no type is to a user")
    func defaultType() {
        #expect(Assignment("reader", to: "alice").type == Principal.Kind.user.rawValue)
    }
}
