#if TestServers
import GatehouseBase
import GatehouseClerk
import GatehouseTesting

extension FakeOperations {
    static let sessions: [String: FakeOperation] = [
        "createSession": { (state, call) throws(FakeRefusal) in
            try state.makeSession(of: call.text("user_id") ?? "", organization: call.text("active_organization_id"))
        },
        "GetSession": get(.session),
        "GetSessionList": { (state, call) throws(FakeRefusal) in
            guard call.query["user_id"] != nil || call.query["client_id"] != nil else {
                throw .invalid("user_id", "or client_id must be included", code: "form_param_missing")
            }
            return try call.page(
                call.filter(
                    state.all(.session),
                    ("user_id", { $0["user_id"]?.string }),
                    ("client_id", { $0["client_id"]?.string }),
                    ("status", { $0["status"]?.string })
                )
            )
        },
        "RevokeSession": { (state, call) throws(FakeRefusal) in
            guard try state.get(.session, call.id).has("status", "active") else {
                throw FakeRefusal(400, "session_not_active", "The session is not active.")
            }
            return try state.endSession(call.id, as: "revoked")
        },
        "CreateSessionToken": { (state, call) throws(FakeRefusal) in
            [
                "object": "token",
                "jwt": .string(try state.token(of: call.id, lifetime: call.body["expires_in_seconds"]?.int)),
            ]
        },
        "CreateSessionTokenFromTemplate": { (state, call) throws(FakeRefusal) in
            guard let template = state.first(.template, where: { $0.has("name", call.other) }) else {
                throw .notFound("JWT template")
            }
            let session = try state.get(.session, call.id)
            let lifetime = call.body["expires_in_seconds"]?.int ?? template["lifetime"]?.int ?? 60
            let claims = TokenMinter.claims(
                subject: session["user_id"]?.string ?? "",
                issuer: FakeClerk.issuer,
                at: state.clock.now(),
                lifetime: .seconds(lifetime),
                adding: template["claims"] ?? [:]
            )
            return ["object": "token", "jwt": .string(state.sign(claims.replacing("_template", with: true)))]
        },
        "GetJWKS": { (_, _) in .null },  // the server answers with its keys
    ]

    static let keys: [String: FakeOperation] = [
        "CreateJWTTemplate": { (state, call) throws(FakeRefusal) in
            let name = call.text("name") ?? ""
            guard state.first(.template, where: { $0.has("name", name) }) == nil else { throw .taken("name") }
            return state.add(
                .template,
                [
                    "object": "jwt_template", "name": .string(name), "claims": call.body["claims"] ?? [:],
                    "lifetime": call.value("lifetime") ?? 60,
                    "allowed_clock_skew": call.value("allowed_clock_skew") ?? 5,
                    "custom_signing_key": call.value("custom_signing_key") ?? false,
                    "signing_algorithm": call.value("signing_algorithm") ?? "RS256",
                ]
            )
        },
        "GetJWTTemplate": get(.template),
        "ListJWTTemplates": { (state, call) throws(FakeRefusal) in try call.page(state.all(.template)) },
        "UpdateJWTTemplate": { (state, call) throws(FakeRefusal) in
            try state.change(
                .template,
                call.id,
                call.taking(
                    "name",
                    "claims",
                    "lifetime",
                    "allowed_clock_skew",
                    "custom_signing_key",
                    "signing_algorithm"
                )
                .withoutNulls
            )
        },
        "DeleteJWTTemplate": delete(.template, as: "jwt_template"),
        "CreateSignInToken": { (state, call) throws(FakeRefusal) in
            _ = try state.get(.user, call.text("user_id") ?? "")
            let token = "sit_secret_\(state.makeID(.signInToken))"
            return state.add(
                .signInToken,
                [
                    "object": "sign_in_token", "status": "pending", "user_id": call.body["user_id"] ?? .null,
                    "token": .string(token), "url": .string("\(FakeClerk.issuer)/v1/tickets/accept?ticket=\(token)"),
                ]
            )
        },
        "RevokeSignInToken": { (state, call) throws(FakeRefusal) in
            try state.change(.signInToken, call.id, ["status": "revoked"])
        },
        "CreateActorToken": { (state, call) throws(FakeRefusal) in
            _ = try state.get(.user, call.text("user_id") ?? "")
            let token = "act_secret_\(state.makeID(.actorToken))"
            return state.add(
                .actorToken,
                [
                    "object": "actor_token", "status": "pending", "user_id": call.body["user_id"] ?? .null,
                    "actor": call.body["actor"] ?? [:], "token": .string(token),
                    "url": .string("\(FakeClerk.issuer)/v1/tickets/accept?ticket=\(token)"),
                ]
            )
        },
        "RevokeActorToken": { (state, call) throws(FakeRefusal) in
            try state.change(.actorToken, call.id, ["status": "revoked"])
        },
        "CreateTestingToken": { (state, _) in
            [
                "object": "testing_token", "token": .string("1-\(state.makeID(.session))"),
                "expires_at": .int(state.now / 1_000 + 3_600),
            ]
        },
    ]

    static let lists: [String: FakeOperation] = [
        "CreateAllowlistIdentifier": { (state, call) throws(FakeRefusal) in
            try identifier(.allowed, "allowlist_identifier", &state, call)
        },
        "ListAllowlistIdentifiers": { (state, call) throws(FakeRefusal) in try call.page(state.all(.allowed)) },
        "DeleteAllowlistIdentifier": delete(.allowed, as: "allowlist_identifier"),
        "CreateBlocklistIdentifier": { (state, call) throws(FakeRefusal) in
            try identifier(.blocked, "blocklist_identifier", &state, call)
        },
        "ListBlocklistIdentifiers": { (state, call) throws(FakeRefusal) in call.list(state.all(.blocked)) },
        "DeleteBlocklistIdentifier": delete(.blocked, as: "blocklist_identifier"),
        "CreateInvitation": { (state, call) throws(FakeRefusal) in try invite(call.body, &state) },
        "CreateBulkInvitations": { (state, call) throws(FakeRefusal) in
            var changed = state
            var made: [JSONValue] = []
            for element in call.body.elements { made.append(try invite(element, &changed)) }
            state = changed
            return call.list(made)
        },
        "ListInvitations": { (state, call) throws(FakeRefusal) in
            let found = call.filter(state.all(.invitation), ("status", { $0["status"]?.string }))
            return try call.page(call.search(found) { [$0["email_address"]?.string, $0["id"]?.string] })
        },
        "RevokeInvitation": { (state, call) throws(FakeRefusal) in
            guard try state.get(.invitation, call.id).has("status", "pending") else {
                throw FakeRefusal(400, "invitation_already_accepted", "The invitation is not pending.")
            }
            return try state.change(.invitation, call.id, ["status": "revoked", "revoked": true])
        },
    ]

    private static func identifier(
        _ kind: FakeState.Kind,
        _ object: String,
        _ state: inout FakeState,
        _ call: FakeCall
    ) throws(FakeRefusal) -> JSONValue {
        let text = call.text("identifier") ?? ""
        guard state.first(kind, where: { $0.has("identifier", text) }) == nil else {
            throw FakeRefusal(400, "duplicate_record", "The identifier is there already.", parameter: "identifier")
        }
        let type: JSONValue =
            text.contains("@") ? "email_address" : text.hasPrefix("+") ? "phone_number" : "web3_wallet"
        return state.add(
            kind,
            [
                "object": .string(object), "identifier": .string(text), "identifier_type": type,
                "instance_id": .string(state.instanceID),
            ]
        )
    }

    private static func invite(_ body: JSONValue, _ state: inout FakeState) throws(FakeRefusal) -> JSONValue {
        let address = body["email_address"]?.string ?? ""
        guard address.contains("@") else {
            throw .invalid("email_address", "must be a valid email address.", code: "form_param_format_invalid")
        }
        guard body["ignore_existing"]?.bool == true || !state.isAddressTaken(address) else {
            throw .taken("email_address")
        }
        return state.add(
            .invitation,
            [
                "object": "invitation", "email_address": .string(address),
                "public_metadata": .objectOrEmpty(body["public_metadata"]), "revoked": false, "status": "pending",
                "url": "https://fake-clerk.accounts.dev/v1/tickets/accept",
                "expires_at": .int(state.now + 2_592_000_000),
            ]
        )
    }
}

extension FakeState {
    mutating func makeSession(of user: String, organization: String?) throws(FakeRefusal) -> JSONValue {
        guard try get(.user, user)["banned"]?.bool != true else {
            throw FakeRefusal(403, "user_banned", "The user is banned.")
        }
        if let organization { _ = try membership(of: user, in: try self.organization(organization)) }
        var session: JSONValue = [
            "object": "session", "user_id": .string(user), "client_id": "client_fake", "actor": .null,
            "status": "active",
            "last_active_at": .int(now), "expire_at": .int(now + 604_800_000), "abandon_at": .int(now + 2_592_000_000),
            "tasks": .null,
        ]
        session = session.without("actor")
        if let organization { session = session.replacing("last_active_organization_id", with: .string(organization)) }
        let made = add(.session, session)
        try change(.user, user, ["last_sign_in_at": .int(now)])
        events.append(("session.created", made))
        return made
    }

    @discardableResult
    mutating func endSession(_ id: String, as status: String) throws(FakeRefusal) -> JSONValue {
        let changed = try change(.session, id, ["status": .string(status)])
        events.append(("session.\(status)", changed))
        return changed
    }

    mutating func endSessions(of user: String, as status: String = "revoked") throws(FakeRefusal) {
        for session in all(.session) where session.has("user_id", user) && session.has("status", "active") {
            try endSession(session["id"]?.string ?? "", as: status)
        }
    }

    /// Makes a session token, version 2, with the user's current roles.
    func token(
        of id: String,
        lifetime: Int? = nil,
        authorizedParty: String? = nil
    ) throws(FakeRefusal) -> String {
        let session = try get(.session, id)
        guard session.has("status", "active") else {
            throw FakeRefusal(400, "session_not_active", "The session is not active.")
        }
        let user = session["user_id"]?.string ?? ""
        var claims = ClerkClaims(subject: user, issuer: FakeClerk.issuer)
        claims.session = id
        claims.status = "active"
        claims.authorizedParty = authorizedParty
        claims.factorAges = [0, try self.user(user)["two_factor_enabled"]?.bool == true ? 0 : -1]
        if let organization = session["last_active_organization_id"]?.string,
            let held = try? membership(of: user, in: try self.organization(organization))
        {
            claims.organization = claimed(held)
        }
        return sign(claims.version2(at: clock.now(), lifetime: .seconds(lifetime ?? 60)))
    }

    /// Returns an organization in the form of a token, without system permissions.
    private func claimed(_ membership: JSONValue) -> ClerkClaims.Organization {
        let shown = shown(membership)
        var permissions: [(feature: String, names: [String])] = []
        for key in shown.strings("permissions") where !key.hasPrefix("org:sys_") {
            let parts = key.split(separator: ":").map(String.init)
            guard parts.count == 3 else { continue }
            if let place = permissions.firstIndex(where: { $0.feature == parts[1] }) {
                permissions[place].names.append(parts[2])
            } else {
                permissions.append((parts[1], [parts[2]]))
            }
        }
        let role = shown["role"]?.string ?? ""
        return ClerkClaims.Organization(
            shown["organization"]?["id"]?.string ?? "",
            slug: shown["organization"]?["slug"]?.string,
            role: role.hasPrefix("org:") ? String(role.dropFirst(4)) : role,
            permissions: permissions
        )
    }
}
#endif
