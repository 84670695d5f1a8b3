#if Hummingbird
import GatehouseClerk
import GatehouseHummingbird
import Hummingbird

/// Roles from the server's own database.
struct TeamRoles: MembershipStore {
    let database: Database

    func membership(of member: Member) async throws -> Membership? {
        Membership(roles: try await database.roles(of: member.user, in: member.organization).map { RoleAssignment($0) })
    }

    func assign(_ role: RoleAssignment, to member: Member) async throws -> MembershipChange {
        try await MembershipChange(
            database.insert(role.role, of: member.user, in: member.organization) ? .gained : .none
        )
    }

    func remove(role: String, from member: Member) async throws -> MembershipChange {
        try await MembershipChange(database.delete(role, of: member.user, in: member.organization) ? .lost : .none)
    }
}

/// Without the line of the guard the program does not compile.
func makeTeamServer(_ clerk: ClerkAuthenticator, _ authorizer: Authorizer) -> Server {
    let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer)
    router.group("docs", requires: .permission("docs:read"))
        .get { _, _ in "docs" }
        .post(requires: .permission("docs:edit")) { _, _ in "edited" }
    return Application(router: router, services: [clerk, authorizer])
}

/// The server's own database, which may be down.
actor Database {
    struct Down: Error {}

    private var roles: [String: Set<String>] = [:]
    private var isDown = false

    func setDown(_ isDown: Bool) { self.isDown = isDown }

    func roles(of user: String, in organization: String?) throws -> Set<String> {
        if isDown { throw Down() }
        return roles["\(organization ?? "") \(user)"] ?? []
    }

    func insert(_ role: String, of user: String, in organization: String?) throws -> Bool {
        if isDown { throw Down() }
        return roles["\(organization ?? "") \(user)", default: []].insert(role).inserted
    }

    func delete(_ role: String, of user: String, in organization: String?) throws -> Bool {
        if isDown { throw Down() }
        return roles["\(organization ?? "") \(user)"]?.remove(role) != nil
    }
}
#endif
