import GatehouseTesting
public import GatehouseTokens

/// The session token that is measured.
public enum SessionToken {
    public static let issuer = "https://clerk.example.com"
    public static let authorizedParty = "https://app.example.com"
    public static let user = "user_2GIpXOEpVyJw51rkZn9Kmnc6Sxr"
    public static let organization = "org_2abcdefghijklmnopqrstuvwxyz"

    /// The claims of a session token of version 2 with an organization: some 900 bytes to sign.
    public static func claims(at time: Timestamp, lifetime: Duration = .seconds(86_400)) -> JSONValue {
        TokenMinter.claims(
            subject: user,
            issuer: issuer,
            at: time,
            lifetime: lifetime,
            adding: [
                "azp": .string(authorizedParty), "sid": "sess_2GbDB4enNdCa5vS1zpC3Xzg9tK9", "v": 2,
                "sts": "active", "fva": [3, -1], "jti": "0123456789abcdef0123", "pla": "o:pro",
                "fea": "o:invoices,o:reports,o:members,o:settings,o:webhooks",
                "o": [
                    "id": .string(organization), "slg": "acme", "rol": "admin",
                    "per": "read,create,update,delete,manage", "fpm": "31,1,3,7,16",
                ],
            ]
        )
    }
}
