#if TestServers
import GatehouseBase
import GatehouseClerk

extension FakeOperations {
    static let connections: [String: FakeOperation] = [
        "CreateEnterpriseConnection": { (state, call) throws(FakeRefusal) in
            let provider = call.text("provider") ?? ""
            let domains = call.body.strings("domains")
            guard !domains.isEmpty else { throw .invalid("domains", "must not be empty") }
            try requireFree(domains, in: state, except: nil)
            if let id = call.text("organization_id") { _ = try state.get(.organization, id) }
            let id = state.makeID(.connection)
            let isSAML = provider.hasPrefix("saml_")
            guard call.value(isSAML ? "oidc" : "saml") == nil else {
                throw .invalid(isSAML ? "oidc" : "saml", "does not fit the provider")
            }
            let connection: JSONValue = [
                "object": "enterprise_connection", "id": .string(id), "name": call.body["name"] ?? .null,
                "provider": .string(provider), "logo_public_url": .null,
                "active": .bool(call.body["active"]?.bool == true), "domains": JSONValue(domains),
                "organization_id": call.value("organization_id") ?? .null, "sync_user_attributes": true,
                "disable_additional_identifications": false,
                "allow_organization_account_linking": .bool(
                    call.body["allow_organization_account_linking"]?.bool == true
                ),
                "authenticatable": true, "disable_jit_provisioning": false,
                "custom_attributes": .array(call.body["custom_attributes"]?.elements ?? []),
                "saml_connection": isSAML ? saml(call.value("saml") ?? [:], id, call.body["name"]) : .null,
                "oauth_config": isSAML
                    ? .null : oidc(call.value("oidc") ?? [:], id, call.body["name"], provider, state.now),
            ]
            return state.add(.connection, connection)
        },
        "GetEnterpriseConnection": get(.connection),
        "ListEnterpriseConnections": { (state, call) throws(FakeRefusal) in
            var found = call.filter(state.all(.connection), ("organization_id", { $0["organization_id"]?.string }))
            if let active = call.query["active"]?.bool { found = found.filter { $0["active"] == .bool(active) } }
            return try call.page(found)
        },
        "UpdateEnterpriseConnection": { (state, call) throws(FakeRefusal) in
            let connection = try state.get(.connection, call.id)
            if call.value("domains") != nil {
                try requireFree(call.body.strings("domains"), in: state, except: call.id)
            }
            if let id = call.text("organization_id") { _ = try state.get(.organization, id) }
            var changes = call.taking(
                "name",
                "domains",
                "active",
                "organization_id",
                "sync_user_attributes",
                "disable_additional_identifications",
                "allow_organization_account_linking",
                "custom_attributes"
            ).withoutNulls
            if let saml = call.value("saml") {
                guard connection["saml_connection"] != .null else {
                    throw .invalid("saml", "does not fit the provider")
                }
                let merged = (connection["saml_connection"] ?? [:]).merging(saml.samlMembers)
                changes = changes.replacing("saml_connection", with: merged)
            }
            if let oidc = call.value("oidc") {
                guard connection["oauth_config"] != .null else { throw .invalid("oidc", "does not fit the provider") }
                let merged = (connection["oauth_config"] ?? [:]).merging(oidc.without("client_secret"))
                changes = changes.replacing("oauth_config", with: merged)
            }
            return try state.change(.connection, call.id, changes)
        },
        "DeleteEnterpriseConnection": delete(.connection, as: "enterprise_connection"),
        "CreateEnterpriseConnectionTestRun": { (state, call) throws(FakeRefusal) in
            let connection = try state.get(.connection, call.id)
            let kind: JSONValue = connection["saml_connection"] == .null ? "oauth" : "saml"
            let run = state.add(
                .testRun,
                ["_connection": .string(call.id), "status": "pending", "connection_type": kind, "logs": []]
            )
            return ["url": .string("https://fake-clerk.accounts.dev/v1/test_runs/\(run["id"]?.string ?? "")")]
        },
        "ListEnterpriseConnectionTestRuns": { (state, call) throws(FakeRefusal) in
            _ = try state.get(.connection, call.id)
            let runs = state.all(.testRun).filter { $0.has("_connection", call.id) }.map { $0.without("updated_at") }
            return try call.page(call.filter(runs, ("status", { $0["status"]?.string })))
        },
        "createAdminPortalLinkToken": { (state, call) throws(FakeRefusal) in
            if let id = call.text("organization_id") { _ = try state.get(.organization, id) }
            let lifetime = call.body["seconds_until_expiration"]?.int ?? 3_600
            return state.add(
                .portalLink,
                [
                    "object": "admin_portal_link_token", "admin_portal_link_id": "apl_link",
                    "instance_id": .string(state.instanceID), "organization_id": call.value("organization_id") ?? .null,
                    "it_contact_id": call.value("it_contact_id") ?? .null,
                    "scopes": .array(call.body["scopes"]?.elements ?? []),
                    "token": .string("aplt_\(state.makeID(.portalLink))"), "revoked": false, "revocation_reason": .null,
                    "expired": false, "expiration": .int(state.now + lifetime * 1_000),
                ]
            )
        },
        "revokeAdminPortalLinkToken": { (state, call) throws(FakeRefusal) in
            try state.change(
                .portalLink,
                call.id,
                ["revoked": true, "revocation_reason": call.value("revocation_reason") ?? .null]
            ).without("token")
        },
    ]

    private static func requireFree(_ domains: [String], in state: FakeState, except id: String?) throws(FakeRefusal) {
        let taken = state.all(.connection).filter { connection in id.map { !connection.has("id", $0) } ?? true }
            .flatMap { $0.strings("domains") }
        guard !domains.contains(where: { taken.contains($0) }) else {
            throw FakeRefusal(
                409,
                "enterprise_connection_domain_taken",
                "The domain has a connection.",
                parameter: "domains"
            )
        }
    }

    private static func saml(_ given: JSONValue, _ id: String, _ name: JSONValue?) -> JSONValue {
        let base = "https://fake-clerk.accounts.dev/v1/saml"
        let known: JSONValue = [
            "id": .string("samlc_\(id)"), "name": name ?? .null, "idp_entity_id": .null, "idp_sso_url": .null,
            "idp_metadata_url": .null, "acs_url": .string("\(base)/acs/\(id)"),
            "sp_entity_id": .string("\(base)/metadata/\(id)"), "sp_metadata_url": .string("\(base)/metadata/\(id).xml"),
            "active": false, "allow_idp_initiated": false, "allow_subdomains": false, "force_authn": false,
        ]
        return known.merging(given.samlMembers)
    }

    private static func oidc(
        _ given: JSONValue,
        _ id: String,
        _ name: JSONValue?,
        _ provider: String,
        _ now: Int
    ) -> JSONValue {
        let known: JSONValue = [
            "id": .string("oac_\(id)"), "name": name ?? .null, "provider_key": .string(provider), "client_id": .null,
            "discovery_url": .null, "auth_url": .null, "token_url": .null, "user_info_url": .null,
            "requires_pkce": false,
            "logo_public_url": .null, "created_at": .int(now), "updated_at": .int(now),
        ]
        return known.merging(given.without("client_secret").withoutNulls)
    }

    static let directories: [String: FakeOperation] = [
        "CreateDirectory": { (state, call) throws(FakeRefusal) in
            let connection = try state.get(.connection, call.text("enterprise_connection_id") ?? "")
            let id = state.makeID(.directory)
            let directory = state.add(
                .directory,
                [
                    "object": "directory", "id": .string(id), "name": call.value("name") ?? connection["name"] ?? .null,
                    "enterprise_connection_id": connection["id"] ?? .null,
                    "endpoint_url": .string("https://fake-clerk.accounts.dev/v1/scim/\(id)"),
                    "provider": call.body["provider"] ?? .null, "enabled": true,
                    "group_role_mapping_enabled": .bool(!(call.body["group_role_mappings"]?.elements ?? []).isEmpty),
                    "attribute_mapping": [:], "custom_attributes": [],
                ]
            )
            try addMappings(call.body["group_role_mappings"]?.elements ?? [], to: id, in: &state)
            return directory.replacing("api_key", with: .string("scim_\(state.makeID(.directory))"))
        },
        "GetDirectory": get(.directory),
        "ListDirectories": { (state, call) throws(FakeRefusal) in try call.page(state.all(.directory)) },
        "UpdateDirectory": { (state, call) throws(FakeRefusal) in
            try state.change(
                .directory,
                call.id,
                call.taking("name", "enabled", "provider", "attribute_mapping", "group_role_mapping_enabled")
            )
        },
        "DeleteDirectory": delete(.directory, as: "directory"),
        "RotateDirectoryAPIKey": { (state, call) throws(FakeRefusal) in
            let directory = try state.get(.directory, call.id)
            return directory.replacing("api_key", with: .string("scim_\(state.makeID(.directory))"))
        },
        "ListDirectoryGroupRoleMappings": { (state, call) throws(FakeRefusal) in
            _ = try state.get(.directory, call.id)
            return call.list(state.mappings(of: call.id))
        },
        "CreateDirectoryGroupRoleMapping": { (state, call) throws(FakeRefusal) in
            _ = try state.get(.directory, call.id)
            try addMappings([call.body], to: call.id, in: &state)
            return state.mappings(of: call.id).last ?? .null
        },
        "ReplaceDirectoryGroupRoleMappings": { (state, call) throws(FakeRefusal) in
            _ = try state.get(.directory, call.id)
            var changed = state
            _ = changed.removeAll(.mapping) { $0.has("directory_id", call.id) }
            try addMappings(call.body["mappings"]?.elements ?? [], to: call.id, in: &changed)
            state = changed
            return call.list(state.mappings(of: call.id))
        },
        "DeleteDirectoryGroupRoleMapping": { (state, call) throws(FakeRefusal) in
            guard try state.get(.mapping, call.other).has("directory_id", call.id) else { throw .notFound("mapping") }
            return try delete(.mapping, as: "directory_group_role_mapping")(&state, call)
        },
    ]

    private static func addMappings(
        _ mappings: [JSONValue],
        to directory: String,
        in state: inout FakeState
    ) throws(FakeRefusal) {
        for mapping in mappings {
            guard let group = (mapping["directory_group_id"] ?? mapping["scim_group_id"])?.string else {
                throw .invalid("directory_group_id", "must be included", code: "form_param_missing")
            }
            let role = try state.get(.role, mapping["role_id"]?.string ?? "")
            state.add(
                .mapping,
                [
                    "object": "directory_group_role_mapping", "directory_id": .string(directory),
                    "scim_directory_id": .string(directory), "directory_group_id": .string(group),
                    "scim_group_id": .string(group), "directory_group_display_name": .string(group),
                    "scim_group_display_name": .string(group), "_role": role["id"] ?? .null,
                    "precedence": mapping["precedence"] ?? .int(state.mappings(of: directory).count + 1),
                ]
            )
        }
    }
}

extension JSONValue {
    /// The members of a SAML configuration that answers contain. They contain neither the certificate nor the text of the metadata.
    fileprivate var samlMembers: JSONValue {
        without("idp_certificate", "idp_metadata", "attribute_mapping").withoutNulls
    }
}

extension FakeState {
    fileprivate func mappings(of directory: String) -> [JSONValue] {
        all(.mapping).filter { $0.has("directory_id", directory) }.map { mapping in
            mapping.replacing("role", with: role(withID: mapping["_role"]?.string).map { shownRole($0) } ?? .null)
        }
    }
}
#endif
