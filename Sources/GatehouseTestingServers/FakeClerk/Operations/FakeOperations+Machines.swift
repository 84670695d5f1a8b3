#if TestServers
import GatehouseBase
import GatehouseClerk

extension FakeOperations {
    static let machines: [String: FakeOperation] = [
        "CreateMachine": { (state, call) throws(FakeRefusal) in
            for id in call.body.strings("scoped_machines") { _ = try state.get(.machine, id) }
            let machine = state.add(
                .machine,
                [
                    "object": "machine", "name": call.body["name"] ?? .null, "instance_id": .string(state.instanceID),
                    "default_token_ttl": call.value("default_token_ttl") ?? 3_600,
                    "_scopes": JSONValue(call.body.strings("scoped_machines")),
                    "_secret": .string("ak_machine_\(state.makeID(.machine))"),
                ]
            )
            return state.shownMachine(machine).replacing("secret_key", with: machine["_secret"] ?? .null)
        },
        "GetMachine": { (state, call) throws(FakeRefusal) in state.shownMachine(try state.get(.machine, call.id)) },
        "ListMachines": { (state, call) throws(FakeRefusal) in
            let found = call.search(state.all(.machine)) { [$0["name"]?.string, $0["id"]?.string] }
            return try call.page(found.map { state.shownMachine($0) })
        },
        "UpdateMachine": { (state, call) throws(FakeRefusal) in
            let changes = call.taking("name", "default_token_ttl").withoutNulls
            return state.shownMachine(try state.change(.machine, call.id, changes))
        },
        "DeleteMachine": delete(.machine, as: "machine"),
        "GetMachineSecretKey": { (state, call) throws(FakeRefusal) in
            ["object": "machine_secret_key", "secret": try state.get(.machine, call.id)["_secret"] ?? .null]
        },
        "RotateMachineSecretKey": { (state, call) throws(FakeRefusal) in
            let secret: JSONValue = .string("ak_machine_\(state.makeID(.machine))")
            try state.change(.machine, call.id, ["_secret": secret])
            return ["object": "machine_secret_key", "secret": secret]
        },
        "CreateMachineScope": { (state, call) throws(FakeRefusal) in
            let other = try state.get(.machine, call.text("to_machine_id") ?? "")["id"]?.string ?? ""
            let scopes = try state.get(.machine, call.id).strings("_scopes").filter { $0 != other } + [other]
            try state.change(.machine, call.id, ["_scopes": JSONValue(scopes)])
            return [
                "object": "machine_scope", "from_machine_id": .string(call.id), "to_machine_id": .string(other),
                "created_at": .int(state.now),
            ]
        },
        "DeleteMachineScope": { (state, call) throws(FakeRefusal) in
            let scopes = try state.get(.machine, call.id).strings("_scopes")
            guard scopes.contains(call.other) else { throw .notFound("machine scope") }
            try state.change(.machine, call.id, ["_scopes": JSONValue(scopes.filter { $0 != call.other })])
            return [
                "object": "machine_scope", "from_machine_id": .string(call.id), "to_machine_id": .string(call.other),
                "deleted": true,
            ]
        },
        "createM2MToken": { (state, call) throws(FakeRefusal) in
            // The fake knows only one secret key, so that the first machine makes all tokens.
            guard let machine = state.all(.machine).first else { throw .notFound("machine") }
            let lifetime = call.body["seconds_until_expiration"]?.int ?? machine["default_token_ttl"]?.int ?? 3_600
            let secret = "mt_secret_\(state.makeID(.machineToken))"
            return state.addToken(
                .machineToken,
                "machine_to_machine_token",
                secret,
                lifetime: lifetime,
                [
                    "subject": machine["id"] ?? .null, "claims": call.value("claims") ?? .null,
                    "scopes": JSONValue([machine["id"]?.string ?? ""] + machine.strings("_scopes")),
                ]
            ).replacing("token", with: .string(secret))
        },
        "getM2MTokens": { (state, call) throws(FakeRefusal) in
            let found = call.filter(state.all(.machineToken), ("subject", { $0["subject"]?.string }))
            return try call.page(found.map { state.aged($0) })
        },
        "revokeM2MToken": { (state, call) throws(FakeRefusal) in try state.revoke(.machineToken, call) },
        "verifyM2MToken": { (state, call) throws(FakeRefusal) in try state.token(.machineToken, call.text("token")) },
        "createApiKey": { (state, call) throws(FakeRefusal) in
            let secret = "ak_secret_\(state.makeID(.apiKey))"
            return state.addToken(
                .apiKey,
                "api_key",
                secret,
                lifetime: call.body["seconds_until_expiration"]?.int,
                [
                    "type": "api_key", "subject": call.body["subject"] ?? .null, "name": call.body["name"] ?? .null,
                    "description": call.value("description") ?? .null, "claims": call.value("claims") ?? .null,
                    "scopes": .array(call.body["scopes"]?.elements ?? []),
                    "created_by": call.value("created_by") ?? .null,
                ]
            ).replacing("secret", with: .string(secret))
        },
        "getApiKey": { (state, call) throws(FakeRefusal) in state.aged(try state.get(.apiKey, call.id)) },
        "getApiKeys": { (state, call) throws(FakeRefusal) in
            var found = call.filter(state.all(.apiKey), ("subject", { $0["subject"]?.string })).map { state.aged($0) }
            if call.query["include_invalid"]?.bool != true && call.query["include_invalid"]?.string != "true" {
                found = found.filter { $0["revoked"] == false && $0["expired"] == false }
            }
            return try call.page(found)
        },
        "updateApiKey": { (state, call) throws(FakeRefusal) in
            state.aged(try state.change(.apiKey, call.id, call.taking("claims", "scopes", "description")))
        },
        "deleteApiKey": delete(.apiKey, as: "api_key"),
        "getApiKeySecret": { (state, call) throws(FakeRefusal) in
            ["secret": try state.get(.apiKey, call.id)["_secret"] ?? .null]
        },
        "revokeApiKey": { (state, call) throws(FakeRefusal) in try state.revoke(.apiKey, call) },
        "verifyApiKey": { (state, call) throws(FakeRefusal) in try state.token(.apiKey, call.text("secret")) },
        "verifyOAuthAccessToken": { (state, call) throws(FakeRefusal) in
            let secret = call.text("access_token") ?? call.text("secret")
            guard let found = try? state.token(.oauthToken, secret) else { return ["active": false] }
            return found
        },
    ]
}

extension FakeState {
    fileprivate func shownMachine(_ machine: JSONValue) -> JSONValue {
        let others = machine.strings("_scopes").compactMap { id in first(.machine) { $0.has("id", id) } }
        return machine.replacing("scoped_machines", with: .array(others))
    }

    mutating func addToken(
        _ kind: Kind,
        _ object: String,
        _ secret: String,
        lifetime: Int?,
        _ members: JSONValue
    ) -> JSONValue {
        let known: JSONValue = [
            "object": .string(object), "_secret": .string(secret), "revoked": false, "revocation_reason": .null,
            "expired": false, "expiration": lifetime.map { .int(now + $0 * 1_000) } ?? .null,
        ]
        // The OpenAPI document has no time of the last use for OAuth access tokens.
        let used = kind == .oauthToken ? [] : [JSONMember("last_used_at", .null)]
        return add(kind, .object(known.members + used + members.members))
    }

    /// Returns the token with its current `expired`.
    fileprivate func aged(_ token: JSONValue) -> JSONValue {
        token.replacing("expired", with: .bool(token["expiration"]?.int.map { $0 <= now } ?? false))
    }

    fileprivate func token(_ kind: Kind, _ secret: String?) throws(FakeRefusal) -> JSONValue {
        guard let secret, let found = first(kind, where: { $0.has("_secret", secret) }) else {
            throw .notFound("token")
        }
        return aged(found)
    }

    fileprivate mutating func revoke(_ kind: Kind, _ call: FakeCall) throws(FakeRefusal) -> JSONValue {
        aged(
            try change(
                kind,
                call.id,
                ["revoked": true, "revocation_reason": call.value("revocation_reason") ?? .null]
            )
        )
    }
}
#endif
