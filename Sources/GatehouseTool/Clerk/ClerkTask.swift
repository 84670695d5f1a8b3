#if Server
/// Tasks of several requests, and tasks that Clerk's API does not offer.
enum ClerkTask: CaseIterable {
    case createTenant, requireMFA, assignRole, removeRole, getMembership, enrollTOTP, createBackupCodes, profile
    case setClaims, warnings, lintPolicy, planPolicy, applyPolicy

    var resource: String {
        switch self {
        case .createTenant, .requireMFA: "organizations"
        case .assignRole, .removeRole, .getMembership: "memberships"
        case .enrollTOTP: "totp"
        case .createBackupCodes: "backup-codes"
        case .profile, .setClaims: "users"
        case .warnings: "connections"
        case .lintPolicy, .planPolicy, .applyPolicy: "policy"
        }
    }

    var verb: String {
        switch self {
        case .createTenant: "create-tenant"
        case .requireMFA: "require-mfa"
        case .assignRole: "assign"
        case .removeRole: "remove"
        case .getMembership: "get"
        case .enrollTOTP: "enroll"
        case .createBackupCodes: "create"
        case .profile: "profile"
        case .setClaims: "set-claims"
        case .warnings: "warnings"
        case .lintPolicy: "lint"
        case .planPolicy: "plan"
        case .applyPolicy: "apply"
        }
    }

    var abstract: String {
        switch self {
        case .createTenant: "Makes an organization with its plan and its maximum of members."
        case .requireMFA: "Demands a second factor of an organization's members (mfa_required in public metadata)."
        case .assignRole: "Gives a user a role, in the place of the one the user has, or makes the user a member."
        case .removeRole: "Takes a role from a user: the membership ends."
        case .getMembership: "The membership of a user. Exits with 1 where the user is no member."
        case .enrollTOTP:
            "Gives a user a fresh secret for an authenticator application; prints secret and otpauth address."
        case .createBackupCodes: "Gives a user fresh backup codes, and prints them once."
        case .profile: "A user with memberships, sessions and invitations, in one object."
        case .setClaims: "Sets custom claims of a user, checked against the size of a session token."
        case .warnings: "Certificates of identity providers that end within 30 days, a line each."
        case .lintPolicy:
            "Conditions of a policy document on claims that customers' identity providers write, a line each."
        case .planPolicy: "What would make Clerk's roles and permissions those of a policy document. Changes nothing."
        case .applyPolicy: "Makes Clerk's roles and permissions those of a policy document."
        }
    }

    var positionals: [String] {
        switch self {
        case .createTenant, .warnings: []
        case .requireMFA: ["ORGANIZATION_ID"]
        case .assignRole, .removeRole, .getMembership: ["ORGANIZATION_ID", "USER_ID"]
        case .enrollTOTP, .createBackupCodes, .profile, .setClaims: ["USER_ID"]
        case .lintPolicy, .planPolicy, .applyPolicy: ["FILE"]
        }
    }

    var options: [(name: String, isRequired: Bool, help: String)] {
        switch self {
        case .createTenant:
            [
                ("name", true, "text (required)"), ("slug", true, "text (required)"), ("plan", false, "text"),
                ("maximum_members", false, "number; 0: as many as there are"),
                ("resuming", false, "true: go on with an organization of this slug that was begun before"),
            ]
        case .requireMFA: [("required", false, "true (default) or false")]
        case .assignRole, .removeRole: [("role", true, "the role's key (required)")]
        case .enrollTOTP:
            [
                ("issuer", false, "the application, as people know it (default: Gatehouse)"),
                ("account", false, "the person"),
                ("svg", false, "a new file, for the QR code as SVG (trait QRCode)"),
                ("qr", false, "show the QR code on standard error (trait QRCode)"),
            ]
        case .createBackupCodes: [("count", false, "number, 1 to 20 (default: 10)")]
        case .setClaims: [("claims", true, "JSON object, @FILE, or - for standard input (required)")]
        case .planPolicy, .applyPolicy:
            [("delete", false, "true: also delete roles and permissions that the document does not have")]
        case .getMembership, .profile, .warnings, .lintPolicy: []
        }
    }
}
#endif
