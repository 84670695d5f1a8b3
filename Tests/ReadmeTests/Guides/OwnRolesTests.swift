import Gatehouse
import Testing

/// The roles of a server that keeps them itself: here in memory, in yours in a table.
actor TeamRoles: MembershipStore {
    private var roles: [Member: [RoleAssignment]] = [:]

    func membership(of member: Member) async throws -> Membership? {
        roles[member].map { Membership(roles: $0) }
    }

    func assign(_ role: RoleAssignment, to member: Member) async throws -> MembershipChange {
        let held = roles[member, default: []].first { $0.role == role.role && $0.resource == role.resource }
        roles[member, default: []].removeAll { $0 == held }
        roles[member, default: []].append(role)
        return MembershipChange(role.effect(replacing: held))
    }

    func remove(role: String, from member: Member) async throws -> MembershipChange {
        let count = roles[member]?.count ?? 0
        roles[member]?.removeAll { $0.role == role }
        return MembershipChange(roles[member]?.count ?? 0 < count ? .lost : .none)
    }
}

@Test func aRoleCountsAsSoonAsItIsAssigned() async throws {
    let policy = Policy { Role("editor") { Grants("docs:edit") } }
    let authorizer = Authorizer(
        engine: try PolicyEngine(policy),
        memberships: TeamRoles(),
        issuer: "https://clerk.example.com"
    )
    let alice = Member("user_alice", in: "org_1", issuer: "https://clerk.example.com")
    func mayEdit() async throws -> Bool {
        try await authorizer.isAllowed(organization: "org_1", user: "user_alice", permission: "docs:edit")
    }
    #expect(try await !mayEdit())
    try await authorizer.assign("editor", to: alice)
    #expect(try await mayEdit())
    try await authorizer.remove(role: "editor", from: alice)
    #expect(try await !mayEdit())
}
