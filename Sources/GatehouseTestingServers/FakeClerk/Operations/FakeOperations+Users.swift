#if TestServers
import GatehouseBase
import GatehouseClerk

extension FakeOperations {
    static let users: [String: FakeOperation] = [
        "CreateUser": { (state, call) throws(FakeRefusal) in
            try requireFree(call, in: state, except: nil)
            if let password = call.text("password") { try requireGood(password, call) }
            let number = JSONValue.int(state.now)
            let addresses = call.body.strings("email_address").map { state.makeAddress($0, isVerified: true) }
            let phones = call.body.strings("phone_number").map { state.makePhone($0, isVerified: true) }
            let user: JSONValue = [
                "object": "user", "external_id": call.value("external_id") ?? .null,
                "primary_email_address_id": addresses.first?["id"] ?? .null,
                "primary_phone_number_id": phones.first?["id"] ?? .null, "primary_web3_wallet_id": .null,
                "username": call.value("username") ?? .null, "first_name": call.value("first_name") ?? .null,
                "last_name": call.value("last_name") ?? .null, "locale": call.value("locale") ?? .null,
                "profile_image_url": "https://img.clerk.com/user", "image_url": "https://img.clerk.com/user",
                "has_image": false, "public_metadata": .objectOrEmpty(call.body["public_metadata"]),
                "private_metadata": .objectOrEmpty(call.body["private_metadata"]),
                "unsafe_metadata": .objectOrEmpty(call.body["unsafe_metadata"]), "email_addresses": .array(addresses),
                "phone_numbers": .array(phones), "web3_wallets": [], "passkeys": [], "external_accounts": [],
                "saml_accounts": [], "enterprise_accounts": [], "last_sign_in_at": .null,
                "banned": .bool(call.body["banned"]?.bool == true), "locked": .bool(call.body["locked"]?.bool == true),
                "lockout_expires_in_seconds": .null, "verification_attempts_remaining": 100,
                "delete_self_enabled": .bool(call.body["delete_self_enabled"]?.bool ?? true),
                "create_organization_enabled": .bool(call.body["create_organization_enabled"]?.bool ?? true),
                "last_active_at": .null, "legal_accepted_at": .null, "mfa_enabled_at": .null, "mfa_disabled_at": .null,
                "_password": call.value("password") ?? .null,
                "password_last_updated_at": call.value("password") == nil ? .null : number,
                "_totp": .null, "_codes": [],
            ]
            let made = state.add(.user, user)
            try state.setFactors(call, of: made["id"]?.string ?? "")
            let shown = try state.user(made["id"]?.string ?? "")
            state.events.append(("user.created", shown))
            return shown
        },
        "GetUser": { (state, call) throws(FakeRefusal) in try state.user(call.id) },
        "GetUserList": { (state, call) throws(FakeRefusal) in try call.page(found(state, call)) },
        "GetUsersCount": { (state, call) throws(FakeRefusal) in
            ["object": "total_count", "total_count": .int(found(state, call).count)]
        },
        "UpdateUser": { (state, call) throws(FakeRefusal) in
            let user = try state.get(.user, call.id)
            try requireFree(call, in: state, except: call.id)
            if let password = call.text("password") { try requireGood(password, call) }
            var changes = call.taking(
                "external_id",
                "first_name",
                "last_name",
                "locale",
                "username",
                "delete_self_enabled",
                "create_organization_enabled",
                "create_organizations_limit"
            )
            if let id = call.text("primary_email_address_id") {
                guard user["email_addresses"]?.elements.contains(where: { $0.has("id", id) }) == true else {
                    throw .notFound("email address")
                }
                changes = changes.replacing("primary_email_address_id", with: .string(id))
            }
            if let password = call.value("password") {
                changes = changes.replacing("_password", with: password)
                    .replacing("password_last_updated_at", with: .int(state.now))
            }
            try state.change(.user, call.id, changes)
            try state.setFactors(call, of: call.id)
            if call.body["sign_out_of_other_sessions"]?.bool == true { try state.endSessions(of: call.id) }
            return try changed(call.id, &state)
        },
        "DeleteUser": { (state, call) throws(FakeRefusal) in
            let user = try state.get(.user, call.id)
            for membership in state.all(.membership) where membership.has("_user", call.id) {
                let shown = state.shown(membership)
                try state.remove(.membership, membership["id"]?.string ?? "")
                state.events.append(("organizationMembership.deleted", shown))
            }
            try state.endSessions(of: call.id, as: "removed")
            try state.remove(.user, call.id)
            var deleted = deletedObject("user", call.id)
            if let external = user["external_id"]?.string {
                deleted = deleted.replacing("external_id", with: .string(external))
            }
            state.events.append(("user.deleted", deleted))
            return deleted
        },
        "BanUser": { (state, call) throws(FakeRefusal) in try ban(call.id, true, &state) },
        "UnbanUser": { (state, call) throws(FakeRefusal) in try ban(call.id, false, &state) },
        "UsersBan": { (state, call) throws(FakeRefusal) in try banAll(true, &state, call) },
        "UsersUnban": { (state, call) throws(FakeRefusal) in try banAll(false, &state, call) },
        "LockUser": { (state, call) throws(FakeRefusal) in
            try state.change(.user, call.id, ["locked": true, "lockout_expires_in_seconds": 3_600])
            return try changed(call.id, &state)
        },
        "UnlockUser": { (state, call) throws(FakeRefusal) in
            try state.change(.user, call.id, ["locked": false, "lockout_expires_in_seconds": .null])
            return try changed(call.id, &state)
        },
        "SetUserProfileImage": { (state, call) throws(FakeRefusal) in
            let url: JSONValue = .string("https://img.clerk.com/\(call.id)")
            try state.change(.user, call.id, ["has_image": true, "image_url": url, "profile_image_url": url])
            return try changed(call.id, &state)
        },
        "DeleteUserProfileImage": { (state, call) throws(FakeRefusal) in
            let url: JSONValue = "https://img.clerk.com/user"
            try state.change(.user, call.id, ["has_image": false, "image_url": url, "profile_image_url": url])
            return try changed(call.id, &state)
        },
        "VerifyPassword": { (state, call) throws(FakeRefusal) in
            let user = try state.get(.user, call.id)
            guard let password = user["_password"]?.string else {
                throw FakeRefusal(400, "no_password_set", "The user has no password.")
            }
            guard call.text("password") == password else {
                throw FakeRefusal(422, "incorrect_password", "The password is incorrect.", parameter: "password")
            }
            return ["verified": true]
        },
        "RemoveUserPassword": { (state, call) throws(FakeRefusal) in
            try state.change(.user, call.id, ["_password": .null])
            return try changed(call.id, &state)
        },
        "CreateEmailAddress": { (state, call) throws(FakeRefusal) in
            let user = try state.get(.user, call.text("user_id") ?? "")
            let text = call.text("email_address") ?? ""
            guard !state.isAddressTaken(text) else { throw .taken("email_address") }
            let address = state.makeAddress(text, isVerified: call.body["verified"]?.bool == true)
            let id = user["id"]?.string ?? ""
            var changes: JSONValue = ["email_addresses": .array((user["email_addresses"]?.elements ?? []) + [address])]
            if call.body["primary"]?.bool == true {
                changes = changes.replacing("primary_email_address_id", with: address["id"] ?? .null)
            }
            try state.change(.user, id, changes)
            _ = try changed(id, &state)
            return address
        },
        "GetEmailAddress": { (state, call) throws(FakeRefusal) in try state.address(call.id).address },
        "DeleteEmailAddress": { (state, call) throws(FakeRefusal) in
            let user = try state.address(call.id).user
            let rest = user["email_addresses"]?.elements.filter { !$0.has("id", call.id) } ?? []
            var changes: JSONValue = ["email_addresses": .array(rest)]
            if user.has("primary_email_address_id", call.id) {
                changes = changes.replacing("primary_email_address_id", with: rest.first?["id"] ?? .null)
            }
            try state.change(.user, user["id"]?.string ?? "", changes)
            _ = try changed(user["id"]?.string ?? "", &state)
            return deletedObject("email_address", call.id)
        },
    ]

    static let metadata: [String: FakeOperation] = [
        "UpdateUserMetadata": { (state, call) throws(FakeRefusal) in
            try state.change(.user, call.id, metadataChanges(of: try state.get(.user, call.id), call, merges: true))
            return try changed(call.id, &state)
        },
        "ReplaceUserMetadata": { (state, call) throws(FakeRefusal) in
            try state.change(.user, call.id, metadataChanges(of: try state.get(.user, call.id), call, merges: false))
            return try changed(call.id, &state)
        },
    ]

    /// Returns the current user, and adds the event `user.updated`.
    static func changed(_ id: String, _ state: inout FakeState) throws(FakeRefusal) -> JSONValue {
        let user = try state.user(id)
        state.events.append(("user.updated", user))
        return user
    }

    private static func ban(_ id: String, _ isBanned: Bool, _ state: inout FakeState) throws(FakeRefusal) -> JSONValue {
        try state.change(.user, id, ["banned": .bool(isBanned)])
        if isBanned { try state.endSessions(of: id) }
        return try changed(id, &state)
    }

    private static func banAll(_ isBanned: Bool, _ state: inout FakeState, _ call: FakeCall) throws(FakeRefusal)
        -> JSONValue
    {
        for id in call.body.strings("user_ids") { _ = try state.get(.user, id) }
        var users: [JSONValue] = []
        for id in call.body.strings("user_ids") { users.append(try ban(id, isBanned, &state)) }
        return call.list(users)
    }

    private static func found(_ state: FakeState, _ call: FakeCall) -> [JSONValue] {
        var found = state.all(.user).compactMap { try? state.user($0["id"]?.string ?? "") }
        found = call.filter(
            found,
            ("user_id", { $0["id"]?.string }),
            ("username", { $0["username"]?.string }),
            ("external_id", { $0["external_id"]?.string })
        )
        for (name, list) in [("email_address", "email_addresses"), ("phone_number", "phone_numbers")] {
            let wanted = call.query.strings(name)
            guard !wanted.isEmpty else { continue }
            found = found.filter { user in
                user[list]?.elements.contains { wanted.contains($0[name]?.string ?? "") } == true
            }
        }
        let organizations = call.query.strings("organization_id")
        if !organizations.isEmpty {
            found = found.filter { user in
                state.all(.membership).contains {
                    $0["_user"] == user["id"] && organizations.contains($0["_organization"]?.string ?? "")
                }
            }
        }
        if let banned = call.query["banned"]?.bool { found = found.filter { $0["banned"] == .bool(banned) } }
        return call.search(found) { user in
            [user["id"]?.string, user["username"]?.string, user["first_name"]?.string, user["last_name"]?.string]
                + (user["email_addresses"]?.elements.map { $0["email_address"]?.string } ?? [])
        }
    }

    private static func requireFree(_ call: FakeCall, in state: FakeState, except id: String?) throws(FakeRefusal) {
        for name in ["username", "external_id"] {
            guard let text = call.text(name) else { continue }
            let holder = state.first(.user) { $0.has(name, text) }
            guard holder == nil || id.map({ holder?.has("id", $0) == true }) == true else { throw .taken(name) }
        }
        for address in call.body.strings("email_address") {
            guard address.contains("@") else {
                throw .invalid("email_address", "must be a valid email address.", code: "form_param_format_invalid")
            }
            guard !state.isAddressTaken(address) else { throw .taken("email_address") }
        }
    }

    private static func requireGood(_ password: String, _ call: FakeCall) throws(FakeRefusal) {
        guard password.utf8.count >= 8 || call.body["skip_password_checks"]?.bool == true else {
            throw .invalid("password", "must have 8 characters or more.", code: "form_password_length_too_short")
        }
    }
}

extension FakeState {
    /// Returns the user with the members that follow from hidden members.
    func user(_ id: String) throws(FakeRefusal) -> JSONValue {
        let user = try get(.user, id)
        let hasTOTP = user["_totp"]?.string != nil
        let hasCodes = !user.strings("_codes").isEmpty
        let hasPhone =
            user["phone_numbers"]?.elements.contains { $0["reserved_for_second_factor"]?.bool == true } == true
        return user.replacing("password_enabled", with: .bool(user["_password"]?.string != nil))
            .replacing("totp_enabled", with: .bool(hasTOTP)).replacing("backup_code_enabled", with: .bool(hasCodes))
            .replacing("two_factor_enabled", with: .bool(hasTOTP || hasPhone))
    }

    func isAddressTaken(_ address: String) -> Bool {
        all(.user).contains { user in
            user["email_addresses"]?.elements.contains { $0.has("email_address", address) } == true
        }
    }

    func address(_ id: String) throws(FakeRefusal) -> (user: JSONValue, address: JSONValue) {
        for user in all(.user) {
            if let address = user["email_addresses"]?.elements.first(where: { $0.has("id", id) }) {
                return (user, address)
            }
        }
        throw .notFound("email address")
    }

    mutating func makeAddress(_ address: String, isVerified: Bool) -> JSONValue {
        [
            "id": .string(makeID(.emailAddress)), "object": "email_address", "email_address": .string(address),
            "reserved": false, "verification": isVerified ? Self.verification : .null, "linked_to": [],
            "created_at": .int(now), "updated_at": .int(now),
        ]
    }

    mutating func makePhone(_ number: String, isVerified: Bool) -> JSONValue {
        [
            "id": .string(makeID(.phoneNumber)), "object": "phone_number", "phone_number": .string(number),
            "reserved_for_second_factor": false, "default_second_factor": false, "reserved": false,
            "verification": isVerified ? Self.verification : .null, "linked_to": [], "created_at": .int(now),
            "updated_at": .int(now),
        ]
    }

    static var verification: JSONValue {
        [
            "object": "verification_admin", "status": "verified", "strategy": "admin", "attempts": .null,
            "expire_at": .null,
        ]
    }
}
#endif
