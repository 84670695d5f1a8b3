import GatehouseBase
import GatehouseTesting
import Testing

@testable import GatehouseClerk

@Suite("Objects of Clerk's, whatever they hold")
struct ToleranceTests {
    /// Functions that read every property of an object; the texts are compared to nothing.
    static let readers: [@Sendable (JSONValue) -> String] = [
        { json in
            let it = ClerkOrganization(id: "x", json: json)
            return "\([it.name, it.slug, it.roleSetKey, it.creatorID, it.plan]) \([it.maximumMembers, it.memberCount]) "
                + "\(it.isMFARequired) \([it.publicMetadata, it.privateMetadata]) \([it.createdAt, it.updatedAt])"
        },
        { json in
            let it = ClerkMembership(id: "x", json: json)
            return "\([it.role, it.userID, it.identifier]) \(it.permissions) \(String(describing: it.organization))"
        },
        { json in
            let it = ClerkInvitation(id: "x", json: json)
            return
                "\([it.emailAddress, it.role, it.organizationID, it.status, it.url]) \(String(describing: it.expiresAt))"
        },
        { json in
            let it = ClerkOrganizationDomain(id: "x", json: json)
            return "\([it.name, it.organizationID, it.enrollmentMode]) \(it.isVerified)"
        },
        { json in
            let it = ClerkUser(id: "x", json: json)
            return "\([it.externalID, it.username, it.firstName, it.lastName, it.primaryEmailAddress]) "
                + "\([it.hasPassword, it.hasSecondFactor, it.hasTOTP, it.hasBackupCodes, it.isBanned, it.isLocked]) "
                + "\([it.isDeprovisioned]) \([it.lastSignInAt, it.lastActiveAt, it.passwordUpdatedAt]) "
                + "\(it.emailAddresses.map { ($0.emailAddress, $0.isVerified) }) \(it.unsafeMetadata)"
        },
        { json in
            let it = ClerkRole(id: "x", json: json)
            return
                "\([it.key, it.name, it.roleDescription]) \(String(describing: it.isCreatorEligible)) \(it.permissions)"
        },
        { json in
            let it = ClerkPermission(id: "x", json: json)
            return "\([it.key, it.name, it.permissionDescription]) \(it.isSystem)"
        },
        { json in
            let it = ClerkRoleSet(id: "x", json: json)
            return "\([it.key, it.name, it.defaultRoleKey, it.creatorRoleKey]) \(it.roles) \(it.isMigrating)"
        },
        { json in
            let it = ClerkConnection(id: "x", json: json)
            return "\([it.name, it.provider, it.organizationID, it.acsURL, it.serviceProviderEntityID]) "
                + "\(String(describing: it.isActive)) \(it.domains) \(it.customAttributes)"
        },
        { json in
            let it = ClerkDirectory(id: "x", json: json)
            return
                "\([it.name, it.connectionID, it.provider, it.endpointURL, it.apiKey]) \([it.isEnabled, it.mapsGroups])"
        },
        { json in
            let it = ClerkGroupMapping(id: "x", json: json)
            return
                "\([it.directoryID, it.groupID, it.groupName]) \(String(describing: it.precedence)) \(String(describing: it.role))"
        },
        { json in
            let it = ClerkSession(id: "x", json: json)
            return "\([it.userID, it.status, it.organizationID]) \([it.lastActiveAt, it.expiresAt, it.abandonsAt])"
        },
        { json in
            let it = ClerkMachine(id: "x", json: json)
            return "\([it.name, it.secretKey]) \(it.scopedMachineIDs)"
        },
        { json in
            let it = ClerkMachineToken(id: "x", json: json)
            return "\([it.subject, it.token]) \(it.claims) \(it.scopes) \([it.isRevoked, it.isExpired])"
        },
        { json in
            let it = ClerkAPIKey(id: "x", json: json)
            return "\([it.name, it.subject, it.secret]) \(it.scopes) \(it.claims) \(String(describing: it.expiresAt))"
        },
    ]

    static let odd: [JSONValue] = [
        nil, true, 7, "text", [], [nil], [["id": 5]], [:], ["id": nil], ["a": ["b": [:]]],
        .number(JSONNumber(unchecked: "1e999")), .number(JSONNumber(unchecked: "-99999999999999999999999")),
    ]

    /// Names that any of the objects looks at.
    static let names = [
        "name", "slug", "role_set_key", "created_by", "max_allowed_memberships", "members_count", "public_metadata",
        "private_metadata", "unsafe_metadata", "created_at", "updated_at", "role", "permissions", "public_user_data",
        "organization", "email_address", "organization_id", "status", "url", "expires_at", "enrollment_mode",
        "verification",
        "external_id", "username", "first_name", "last_name", "primary_email_address_id", "email_addresses", "banned",
        "last_sign_in_at", "key", "description", "roles", "default_role", "creator_role", "role_set_migration",
        "provider",
        "domains", "saml_connection", "custom_attributes", "enabled", "precedence", "scoped_machines", "claims",
        "scopes",
        "expiration", "revoked", "expired",
    ]

    @Test("a member that is absent, null or of another type breaks nothing", arguments: names)
    func members(name: String) {
        for reader in Self.readers {
            let without = reader([:])
            #expect(!without.isEmpty)
            for value in Self.odd { #expect(!reader(JSONValue.object([JSONMember(name, value)])).isEmpty) }
        }
    }

    @Test("an unknown member is kept in the object")
    func unknownMembers() {
        let user = ClerkUser(id: "user_1", json: ["id": "user_1", "brand_new": ["a": 1]])
        #expect(user.json["brand_new"] == ["a": 1])
        #expect(ClerkInvitation(id: "x", json: ["status": "brand_new"]).status == "brand_new")
    }

    @Test("times are read from milliseconds")
    func times() throws {
        let user = ClerkUser(id: "user_1", json: ["created_at": 1_700_000_000_500])
        #expect(user.createdAt == Timestamp(seconds: 1_700_000_000, nanoseconds: 500_000_000))
    }
}
