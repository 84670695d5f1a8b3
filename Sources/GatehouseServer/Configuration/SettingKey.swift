#if Server
/// A key of the configuration.
enum SettingKey: String, CaseIterable {
    case listen, publicURL, trustedProxies, policy, entities
    case permissionsFrom, scopes, routes, store, node, apiKeys
    case clerkJWKS = "clerk.jwks"
    case clerkPublishableKey = "clerk.publishableKey"
    case clerkJWTKey = "clerk.jwtKey"
    case clerkSecretKey = "clerk.secretKey"
    case clerkAPIURL = "clerk.apiURL"
    case clerkIssuer = "clerk.issuer"
    case clerkAuthorizedParties = "clerk.authorizedParties"
    case clerkWebhookSecrets = "clerk.webhookSecrets"
    case clerkMaximumTokenLifetime = "clerk.maximumTokenLifetime"
    case auditAllows = "audit.allows"
    case auditWhenFull = "audit.whenFull"
    case auditDurable = "audit.durable"
    case auditRetention = "audit.retention"
    case complianceURL = "audit.compliance.url"
    case complianceSecret = "audit.compliance.secret"
    case complianceTypes = "audit.compliance.types"

    /// The mappings that contain keys.
    static let sections = ["clerk", "audit", "audit.compliance"]

    /// True if the key has no variable.
    var isInFileOnly: Bool { self == .routes || self == .scopes }

    /// The variable: `GATEHOUSE_` and the path in upper case, words separated by `_`.
    var variable: String {
        var name = "GATEHOUSE_"
        var before: Character?
        let path = Array(rawValue)
        for (index, character) in path.enumerated() {
            if character == "." {
                name.append("_")
            } else {
                // A word begins with a capital after a small letter, or with the last of several capitals before a small letter.
                let isCapital = character.isUppercase
                let followsSmall = before?.isLowercase == true
                let isLastOfSeveral =
                    before?.isUppercase == true && index + 1 < path.count && path[index + 1].isLowercase
                if isCapital, followsSmall || isLastOfSeveral { name.append("_") }
                name += character.uppercased()
            }
            before = character
        }
        return name
    }

    /// The name of Clerk's own variable; `nil` if Clerk has none.
    var clerkVariable: String? {
        switch self {
        case .clerkSecretKey: "CLERK_SECRET_KEY"
        case .clerkPublishableKey: "CLERK_PUBLISHABLE_KEY"
        case .clerkJWTKey: "CLERK_JWT_KEY"
        case .clerkWebhookSecrets: "CLERK_WEBHOOK_SIGNING_SECRET"
        case .clerkAPIURL: "CLERK_API_URL"
        default: nil
        }
    }
}
#endif
