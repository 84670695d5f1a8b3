extension ClerkToken {
    /// The token in the form that `gatehouse token verify` prints.
    public var json: JSONValue {
        [
            "valid": true,
            "subject": .string(subject),
            "session": JSONValue(session.id),
            "organization": organization?.json ?? .null,
            "features": JSONValue(features),
            "plans": JSONValue(plans),
            "actor": actor ?? .null,
            "factorAges": factorAges?.json ?? .null,
            "status": JSONValue(session.status),
            "expiresAt": .string(expiresAt.description),
        ]
    }
}

extension ClerkToken.Organization {
    fileprivate var json: JSONValue {
        [
            "id": .string(id),
            "slug": JSONValue(slug),
            "role": JSONValue(role),
            "permissions": JSONValue(permissions),
        ]
    }
}

extension Principal.FactorAges {
    /// The ages as the claim `fva` writes them: -1 for a factor that was never proved.
    fileprivate var json: JSONValue {
        .array([first, second].map { .number(JSONNumber($0 ?? -1)) })
    }
}
