#if TestServers
import GatehouseBase
import GatehouseClerk

/// A kind of contact: an email address or a phone number.
private struct ContactKind {
    /// The member of a user that lists the contacts.
    let list: String
    /// The member of a contact that has the address or number.
    let member: String
    /// The member of a user that has the id of the primary contact.
    let primary: String
    /// The name of the kind in an answer of 404.
    let name: String

    static let email = ContactKind(
        list: "email_addresses",
        member: "email_address",
        primary: "primary_email_address_id",
        name: "email address"
    )
    static let phone = ContactKind(
        list: "phone_numbers",
        member: "phone_number",
        primary: "primary_phone_number_id",
        name: "phone number"
    )
}

extension FakeOperations {
    static let contacts: [String: FakeOperation] = [
        "UpdateEmailAddress": { (state, call) throws(FakeRefusal) in try update(.email, &state, call) },
        "ReplaceUserEmailAddress": { (state, call) throws(FakeRefusal) in try replace(.email, &state, call) },
        "ReplaceUserPhoneNumber": { (state, call) throws(FakeRefusal) in try replace(.phone, &state, call) },
        "CreatePhoneNumber": { (state, call) throws(FakeRefusal) in
            let user = try state.get(.user, call.text("user_id") ?? "")
            let made = try make(.phone, call, isVerified: call.body["verified"]?.bool == true, &state)
                .replacing(
                    "reserved_for_second_factor",
                    with: .bool(call.body["reserved_for_second_factor"]?.bool == true)
                )
            try put(made, of: user, .phone, isPrimary: call.body["primary"]?.bool == true, &state)
            return made
        },
        "GetPhoneNumber": { (state, call) throws(FakeRefusal) in try find(call.id, .phone, state).contact },
        "UpdatePhoneNumber": { (state, call) throws(FakeRefusal) in try update(.phone, &state, call) },
        "DeletePhoneNumber": { (state, call) throws(FakeRefusal) in
            let user = try find(call.id, .phone, state).user
            let rest = user["phone_numbers"]?.elements.filter { !$0.has("id", call.id) } ?? []
            try change(user, .phone, to: rest, primary: JSONValue?.none, &state)
            return deletedObject("phone_number", call.id)
        },
        // No user of the fake signs in with another provider.
        "GetOAuthAccessToken": { (state, call) throws(FakeRefusal) in
            _ = try state.get(.user, call.id)
            return call.list([])
        },
        "SetUserPasswordCompromised": { (state, call) throws(FakeRefusal) in
            guard try state.get(.user, call.id)["_password"]?.string != nil else {
                throw FakeRefusal(422, "no_password_set", "The user has no password.")
            }
            if call.body["revoke_all_sessions"]?.bool == true { try state.endSessions(of: call.id) }
            try state.change(.user, call.id, ["_isPasswordCompromised": true])
            return try changed(call.id, &state)
        },
        "UnsetUserPasswordCompromised": { (state, call) throws(FakeRefusal) in
            try state.change(.user, call.id, ["_isPasswordCompromised": false])
            return try changed(call.id, &state)
        },
        "RevokeOAuthApplicationToken": { (state, call) throws(FakeRefusal) in
            let secret = call.text("token") ?? ""
            let token = state.first(.oauthToken) { $0.has("_secret", secret) }
            guard let id = token?["id"]?.string else { throw .notFound("token") }
            try state.change(.oauthToken, id, ["revoked": true])
            return .null
        },
    ]

    /// The operations that the client sends and the fake does not serve, with the reasons.
    static let notServed: [String: String] = [
        "DeleteExternalAccount": "Only a sign-in in the front end makes external accounts.",
        "UserPasskeyDelete": "Only the front end makes passkeys.",
        "UserWeb3WalletDelete": "Only the front end makes wallets.",
        "ListUserTrustedDevices": "Only the front end makes trusted devices.",
        "RevokeUserTrustedDevice": "Only the front end makes trusted devices.",
        "RefreshSession": "It takes a refresh token, which Clerk gives to browsers alone.",
    ]

    private static func find(
        _ id: String,
        _ kind: ContactKind,
        _ state: FakeState
    ) throws(FakeRefusal) -> (user: JSONValue, contact: JSONValue) {
        for user in state.all(.user) {
            if let found = user[kind.list]?.elements.first(where: { $0.has("id", id) }) { return (user, found) }
        }
        throw .notFound(kind.name)
    }

    private static func make(
        _ kind: ContactKind,
        _ call: FakeCall,
        isVerified: Bool,
        _ state: inout FakeState
    ) throws(FakeRefusal) -> JSONValue {
        let text = call.text(kind.member) ?? ""
        let isGood =
            kind.member == "email_address"
            ? text.contains("@") : text.hasPrefix("+") && text.dropFirst().allSatisfy(\.isNumber)
        guard isGood else {
            throw .invalid(kind.member, "must be a valid \(kind.name).", code: "form_param_format_invalid")
        }
        let isTaken = state.all(.user).contains { user in
            user[kind.list]?.elements.contains { $0.has(kind.member, text) } == true
        }
        guard !isTaken else { throw .taken(kind.member) }
        return kind.member == "email_address"
            ? state.makeAddress(text, isVerified: isVerified) : state.makePhone(text, isVerified: isVerified)
    }

    private static func update(
        _ kind: ContactKind,
        _ state: inout FakeState,
        _ call: FakeCall
    ) throws(FakeRefusal) -> JSONValue {
        let (user, held) = try find(call.id, kind, state)
        var contact = held.replacing("updated_at", with: .int(state.now))
        if let isVerified = call.body["verified"]?.bool {
            contact = contact.replacing("verification", with: isVerified ? FakeState.verification : .null)
        }
        if let isReserved = call.body["reserved_for_second_factor"]?.bool {
            contact = contact.replacing("reserved_for_second_factor", with: .bool(isReserved))
        }
        try put(contact, of: user, kind, isPrimary: call.body["primary"]?.bool == true, &state)
        return contact
    }

    /// Replaces all contacts of a user with one contact.
    private static func replace(
        _ kind: ContactKind,
        _ state: inout FakeState,
        _ call: FakeCall
    ) throws(FakeRefusal) -> JSONValue {
        let user = try state.get(.user, call.id)
        try state.change(.user, call.id, .object([JSONMember(kind.list, [])]))
        let status = call.text("identification_status") ?? "verified"
        let made = try make(kind, call, isVerified: status == "verified", &state)
            .replacing("reserved", with: .bool(status == "reserved"))
        try change(user, kind, to: [made], primary: made, &state)
        return made
    }

    /// Adds a contact to a user, or replaces the contact with the same id.
    private static func put(
        _ contact: JSONValue,
        of user: JSONValue,
        _ kind: ContactKind,
        isPrimary: Bool,
        _ state: inout FakeState
    ) throws(FakeRefusal) {
        let id = contact["id"]?.string ?? ""
        var all = user[kind.list]?.elements ?? []
        if let place = all.firstIndex(where: { $0.has("id", id) }) { all[place] = contact } else { all.append(contact) }
        try change(user, kind, to: all, primary: isPrimary ? contact : JSONValue?.none, &state)
    }

    /// Sets all contacts of a kind, and also the primary contact if one is given or the old one is gone.
    private static func change(
        _ user: JSONValue,
        _ kind: ContactKind,
        to all: [JSONValue],
        primary: JSONValue?,
        _ state: inout FakeState
    ) throws(FakeRefusal) {
        let id = user["id"]?.string ?? ""
        var changes: JSONValue = .object([JSONMember(kind.list, .array(all))])
        let isHeld = all.contains { $0["id"] == user[kind.primary] }
        if primary != nil || !isHeld {
            changes = changes.replacing(kind.primary, with: (primary ?? all.first)?["id"] ?? .null)
        }
        try state.change(.user, id, changes)
        _ = try changed(id, &state)
    }
}
#endif
