/// The result of setting up a connection.
public struct ClerkConnectionSetup: Sendable, Hashable {
    /// The connection.
    public var connection: ClerkConnection
    /// The warnings, as sentences; empty if there are none.
    public var warnings: [String]
}

/// An identity provider with SAML 2.0, which is described by its metadata or by its parts.
public struct ClerkSAMLProvider: Sendable, Hashable {
    /// The members of the operation, by Clerk's names.
    let members: JSONValue

    /// Returns an identity provider that publishes its metadata.
    public static func metadata(at url: String) -> ClerkSAMLProvider {
        ClerkSAMLProvider(members: ["idp_metadata_url": .string(url)])
    }

    /// Returns an identity provider by its parts.
    ///
    /// - Parameters:
    ///   - entityID: The name of the identity provider.
    ///   - signInURL: The address at which people sign in.
    ///   - certificate: The certificate with which the identity provider signs.
    public static func parts(entityID: String, signInURL: String, certificate: ProviderCertificate) -> ClerkSAMLProvider
    {
        ClerkSAMLProvider(
            members: [
                "idp_entity_id": .string(entityID), "idp_sso_url": .string(signInURL),
                "idp_certificate": .string(certificate.pem),
            ]
        )
    }
}

extension ClerkConnections {
    /// Makes a connection by SAML. The connection is off until ``setActive(_:_:)``.
    ///
    /// A SAML name-identifier format cannot be set at Clerk: map the attribute that identifies a person with `attributeMapping` instead.
    ///
    /// - Parameters:
    ///   - name: The name for people.
    ///   - kind: `saml_custom`, `saml_okta`, `saml_google` or `saml_microsoft`; the kind cannot be changed later.
    ///   - domains: The mail domains whose people sign in by the connection.
    ///   - organization: The id of the organization that the connection belongs to; `nil` for none.
    ///   - provider: The identity provider: its metadata or its parts.
    ///   - attributeMapping: The identity provider's names for `user_id`, `email_address`, `first_name` and `last_name`.
    ///   - saml: Further members of `saml`, by Clerk's names.
    ///   - others: Further members of the operation `CreateEnterpriseConnection`, by Clerk's names.
    ///   - time: The time at which the certificate is judged.
    /// - Throws: ``ClerkError``; with the code `invalidRequest` where an address or the certificate is not good, and nothing was sent.
    public func createSAML(
        name: String,
        kind: String = "saml_custom",
        domains: [String],
        organization: String?,
        provider: ClerkSAMLProvider,
        attributeMapping: [String: String] = [:],
        saml: JSONValue = [:],
        adding others: JSONValue = [:],
        at time: Timestamp = WallClock.system.now()
    ) async throws(ClerkError) -> ClerkConnectionSetup {
        let mapping = attributeMapping.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }
        let part = JSONValue.body(
            provider.members.members.map { ($0.name, $0.value) }
                + [("attribute_mapping", .optional(mapping))],
            adding: saml
        )
        return try await create(name, kind, domains, organization, ("saml", part), others, at: time)
    }

    /// Makes a connection by OpenID Connect. The connection is off until ``setActive(_:_:)``.
    ///
    /// - Parameters:
    ///   - name: The name for people.
    ///   - kind: `oidc_custom`, `oidc_github_enterprise` or `oidc_gitlab`; the kind cannot be changed later.
    ///   - domains: The mail domains whose people sign in by the connection.
    ///   - organization: The id of the organization that the connection belongs to; `nil` for none.
    ///   - clientID: The id of the client that is registered with the identity provider.
    ///   - clientSecret: The secret of that client.
    ///   - discoveryURL: The address at which the identity provider describes itself (`…/.well-known/openid-configuration`).
    ///   - oidc: Further members of `oidc`, by Clerk's names.
    ///   - others: Further members of the operation `CreateEnterpriseConnection`, by Clerk's names.
    /// - Throws: ``ClerkError``; with the code `invalidRequest` where an address is not good, and nothing was sent.
    public func createOIDC(
        name: String,
        kind: String = "oidc_custom",
        domains: [String],
        organization: String?,
        clientID: String,
        clientSecret: String,
        discoveryURL: String,
        oidc: JSONValue = [:],
        adding others: JSONValue = [:]
    ) async throws(ClerkError) -> ClerkConnectionSetup {
        let part = JSONValue.body(
            [
                ("client_id", .string(clientID)), ("client_secret", .string(clientSecret)),
                ("discovery_url", .string(discoveryURL)),
            ],
            adding: oidc
        )
        return try await create(name, kind, domains, organization, ("oidc", part), others, at: WallClock.system.now())
    }

    private func create(
        _ name: String,
        _ kind: String,
        _ domains: [String],
        _ organization: String?,
        _ part: (String, JSONValue),
        _ others: JSONValue,
        at time: Timestamp
    ) async throws(ClerkError) -> ClerkConnectionSetup {
        let body = JSONValue.body(
            [
                ("name", .string(name)), ("provider", .string(kind)), ("domains", JSONValue(domains)),
                ("organization_id", .optional(organization)), part,
            ],
            adding: others
        )
        let warnings = try Self.check(body, of: "CreateEnterpriseConnection", at: time)
        let connection: ClerkConnection = try await client.object("CreateEnterpriseConnection", body: body)
        return ClerkConnectionSetup(connection: connection, warnings: warnings)
    }

    /// Returns warnings about the instance's connections: sentences about certificates that end within 30 days, if Clerk returns their end.
    public func warnings(at time: Timestamp = WallClock.system.now()) async throws(ClerkError) -> [String] {
        try await list().all().compactMap { connection in
            guard let end = connection.json["saml_connection"]?.time("idp_certificate_expires_at"),
                let warning = ProviderCertificate.warning(about: end, at: time)
            else { return nil }
            return "“\((connection.name ?? connection.id).printable)”: \(warning)"
        }
    }
}
