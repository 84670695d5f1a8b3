import GatehouseBase
public import GatehouseTokens

/// An issuer of Clerk session tokens with a key of its own.
///
/// ```swift
/// let issuer = try TestIssuer()
/// let clerk = try ClerkAuthenticator(keys: issuer.keys, configuration: .init(issuer: issuer.name, authorizedParties: []))
/// let token = try issuer.token(for: .member(of: "org_1"))
/// ```
public struct TestIssuer: Sendable {
    /// The name of the issuer, `iss`.
    public let name: String
    /// The origin for which tokens are made, `azp`; `nil` for tokens without the claim.
    public let authorizedParty: String?
    /// The key pair that signs tokens.
    public let keyPair: KeyPair

    /// Makes an issuer with a fresh key pair.
    ///
    /// - Throws: an error if the machine has no randomness or no memory.
    public init(
        _ name: String = "https://clerk.example.com",
        authorizedParty: String? = nil,
        keyPair: KeyPair? = nil
    ) throws {
        self.name = name
        self.authorizedParty = authorizedParty
        self.keyPair = try keyPair ?? KeyPair()
    }

    /// The keys that verify the issuer's tokens.
    public var keys: KeySet {
        get throws { try keyPair.keySet }
    }

    /// Makes a session token that is valid from `time` on.
    ///
    /// - Parameters:
    ///   - claims: The claims; `iss` is set to ``name``, and an absent `azp` to ``authorizedParty``.
    ///   - time: The time of issue.
    ///   - lifetime: The lifetime of the token; by default a minute, like Clerk's tokens.
    public func token(
        for claims: ClerkClaims,
        at time: Timestamp = WallClock.system.now(),
        lifetime: Duration = .seconds(60)
    ) throws -> String {
        var claims = claims
        claims.issuer = name
        claims.authorizedParty = claims.authorizedParty ?? authorizedParty
        return try TokenMinter(keyPair: keyPair).clerkSession(claims, at: time, lifetime: lifetime)
    }
}

extension ClerkClaims {
    /// Makes the claims of a member of an organization.
    ///
    /// - Parameters:
    ///   - user: The id of the user.
    ///   - organization: The id of the organization.
    ///   - role: The role's name, with or without Clerk's `org:`.
    public static func member(
        _ user: String = "user_1",
        of organization: String,
        role: String = "org:member"
    ) -> ClerkClaims {
        let role = role.hasPrefix("org:") ? String(role.dropFirst(4)) : role
        return ClerkClaims(subject: user, organization: Organization(organization, role: role))
    }

    /// Makes the claims of a user with a personal account, without an organization.
    public static func user(_ user: String = "user_1") -> ClerkClaims {
        ClerkClaims(subject: user)
    }
}
