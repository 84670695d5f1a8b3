#if Hummingbird
import GatehouseTesting

/// Who sends a request to the guarded routes.
enum Caller: Sendable, CaseIterable {
    case nobody, member, admin, outsider, expired

    func field() throws -> String? {
        let minter = TokenMinter(keyPair: try GuardedApplication.pair.get())
        func session(_ role: String, _ id: String = "org_1", _ slug: String = "acme", _ life: Int = 60) throws
            -> String
        {
            let claims = ClerkClaims(organization: .init(id, slug: slug, role: role))
            return "Bearer \(try minter.clerkSession(claims, at: GuardedApplication.now, lifetime: .seconds(life)))"
        }
        switch self {
        case .nobody: return nil
        case .member: return try session("member")
        case .admin: return try session("admin")
        case .outsider: return try session("admin", "org_2", "other")
        case .expired: return try session("admin", "org_1", "acme", -60)
        }
    }
}
#endif
