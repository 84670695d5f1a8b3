public import GatehouseBase

/// The claims of a Clerk session token. One value can be written in both versions of the claims.
public struct ClerkClaims: Sendable {
    /// The id of the user.
    public var subject: String
    /// The issuer of the instance.
    public var issuer: String
    /// The session; `nil` for a token without the claim. The same holds for the next claims.
    public var session: String? = "sess_1"
    /// The session's status.
    public var status: String?
    /// The origin for which the token was made.
    public var authorizedParty: String?
    /// The active organization; `nil` for a personal account.
    public var organization: Organization?
    /// The features with their scope, such as `u:profile`. The features of the organization's permissions are added.
    public var features: [String] = []
    /// The plans with their scope, such as `o:pro`.
    public var plans: [String] = []
    /// The minutes since the verification of each factor.
    public var factorAges: [Int]?
    /// The actor that acts for the user.
    public var actor: JSONValue?

    /// Makes the claims of a user.
    public init(
        subject: String = "user_1",
        issuer: String = "https://clerk.example.com",
        organization: Organization? = nil
    ) {
        self.subject = subject
        self.issuer = issuer
        self.organization = organization
    }

    /// The active organization.
    public struct Organization: Sendable {
        /// The id of the organization, `org_…`.
        public var id: String
        /// The name of the organization in URLs.
        public var slug: String?
        /// The role, without `org:`.
        public var role: String
        /// The permissions of the role, by feature.
        public var permissions: [(feature: String, names: [String])]

        /// Makes an organization.
        public init(
            _ id: String = "org_1",
            slug: String? = "acme",
            role: String = "admin",
            permissions: [(feature: String, names: [String])] = []
        ) {
            self.id = id
            self.slug = slug
            self.role = role
            self.permissions = permissions
        }
    }

    /// Returns the claims in version 1, which has the organization in `org_…`.
    public func version1(at time: Timestamp, lifetime: Duration = .seconds(60)) -> JSONValue {
        var members: [JSONMember] = []
        if let organization {
            let permissions = organization.permissions.flatMap { entry in
                entry.names.map { "org:\(entry.feature):\($0)" }
            }
            members = [
                JSONMember("org_id", .string(organization.id)),
                JSONMember("org_slug", JSONValue(organization.slug)),
                JSONMember("org_role", .string("org:\(organization.role)")),
                JSONMember("org_permissions", JSONValue(permissions)),
            ]
        }
        return claims(members, at: time, lifetime: lifetime)
    }

    /// Returns the claims in version 2, which has the organization in `o`, with its permissions packed into features, names and masks.
    public func version2(at time: Timestamp, lifetime: Duration = .seconds(60)) -> JSONValue {
        var members = [JSONMember("v", 2)]
        if let organization { members.append(JSONMember("o", organization.packed(features: allFeatures))) }
        return claims(members, at: time, lifetime: lifetime)
    }

    private var allFeatures: [String] {
        let named = features.map { String($0.drop { $0 != ":" }.dropFirst()) }
        let others = organization?.permissions.map(\.feature).filter { !named.contains($0) } ?? []
        return features + others.map { "o:\($0)" }
    }

    private func claims(_ members: [JSONMember], at time: Timestamp, lifetime: Duration) -> JSONValue {
        var members = members
        let texts = [
            ("sid", session), ("sts", status), ("azp", authorizedParty),
            ("fea", allFeatures.isEmpty ? nil : allFeatures.joined(separator: ",")),
            ("pla", plans.isEmpty ? nil : plans.joined(separator: ",")),
        ]
        for case (let name, let text?) in texts { members.append(JSONMember(name, .string(text))) }
        if let factorAges {
            members.append(JSONMember("fva", .array(factorAges.map { .number(JSONNumber($0)) })))
        }
        if let actor { members.append(JSONMember("act", actor)) }
        return TokenMinter.claims(
            subject: subject,
            issuer: issuer,
            at: time,
            lifetime: lifetime,
            adding: .object(members.filter { $0.value != .null })
        )
    }
}
