#if TestServers
import GatehouseBase
import GatehouseClerk

extension FakeOperations {
    static let memberships: [String: FakeOperation] = [
        "CreateOrganizationMembership": { (state, call) throws(FakeRefusal) in
            let organization = try state.organization(call.id)
            let membership = try state.addMember(
                call.text("user_id") ?? "",
                to: organization,
                role: call.text("role") ?? ""
            )
            let id = membership["id"]?.string ?? ""
            return state.shown(
                try state.change(.membership, id, metadataChanges(of: membership, call, merges: false))
            )
        },
        "ListOrganizationMemberships": { (state, call) throws(FakeRefusal) in
            try list(state.members(of: try state.organization(call.id)), state, call)
        },
        "InstanceGetOrganizationMemberships": { (state, call) throws(FakeRefusal) in
            try list(state.all(.membership), state, call)
        },
        "UsersGetOrganizationMemberships": { (state, call) throws(FakeRefusal) in
            _ = try state.get(.user, call.id)
            return try list(state.all(.membership).filter { $0.has("_user", call.id) }, state, call)
        },
        "UpdateOrganizationMembership": { (state, call) throws(FakeRefusal) in
            let membership = try state.membership(of: call.other, in: try state.organization(call.id))
            let role = try state.requireRole(call.text("role") ?? "", of: try state.organization(call.id))
            let changed = state.shown(
                try state.change(.membership, membership["id"]?.string ?? "", ["_role": role["id"] ?? .null])
            )
            state.events.append(("organizationMembership.updated", changed))
            return changed
        },
        "DeleteOrganizationMembership": { (state, call) throws(FakeRefusal) in
            let membership = try state.membership(of: call.other, in: try state.organization(call.id))
            let shown = state.shown(membership)
            try state.remove(.membership, membership["id"]?.string ?? "")
            state.events.append(("organizationMembership.deleted", shown))
            return shown
        },
        "UpdateOrganizationMembershipMetadata": { (state, call) throws(FakeRefusal) in
            let membership = try state.membership(of: call.other, in: try state.organization(call.id))
            let changes = metadataChanges(of: membership, call, merges: true)
            let changed = state.shown(try state.change(.membership, membership["id"]?.string ?? "", changes))
            state.events.append(("organizationMembership.updated", changed))
            return changed
        },
    ]

    private static func list(
        _ memberships: [JSONValue],
        _ state: FakeState,
        _ call: FakeCall
    ) throws(FakeRefusal) -> JSONValue {
        var found = memberships.map { state.shown($0) }
        found = call.filter(
            found,
            ("user_id", { $0["public_user_data"]?["user_id"]?.string }),
            ("role", { $0["role"]?.string }),
            ("email_address", { $0["public_user_data"]?["identifier"]?.string }),
            ("username", { $0["public_user_data"]?["username"]?.string })
        )
        found = call.search(found) { membership in
            ["user_id", "first_name", "last_name", "identifier", "username"].map {
                membership["public_user_data"]?[$0]?.string
            }
        }
        return try call.page(found)
    }

    static let invitations: [String: FakeOperation] = [
        "CreateOrganizationInvitation": { (state, call) throws(FakeRefusal) in
            try invite(call.body, to: try state.organization(call.id), in: &state)
        },
        "CreateOrganizationInvitationBulk": { (state, call) throws(FakeRefusal) in
            let organization = try state.organization(call.id)
            guard (1...10).contains(call.body.elements.count) else {
                throw .invalid("body", "must have 1 to 10 elements")
            }
            var changed = state
            var made: [JSONValue] = []
            for element in call.body.elements { made.append(try invite(element, to: organization, in: &changed)) }
            state = changed
            return call.list(made)
        },
        "GetOrganizationInvitation": { (state, call) throws(FakeRefusal) in
            try state.invitation(call.other, in: try state.organization(call.id))
        },
        "ListOrganizationInvitations": { (state, call) throws(FakeRefusal) in
            let id = try state.organization(call.id)["id"]?.string ?? ""
            return try page(state.all(.organizationInvitation).filter { $0.has("_organization", id) }, call)
        },
        "ListInstanceOrganizationInvitations": { (state, call) throws(FakeRefusal) in
            try page(state.all(.organizationInvitation), call)
        },
        "UsersGetOrganizationInvitations": { (state, call) throws(FakeRefusal) in
            let addresses = try state.get(.user, call.id)["email_addresses"]?.elements ?? []
            return try page(
                state.all(.organizationInvitation).filter { invitation in
                    addresses.contains { invitation.has("email_address", $0["email_address"]?.string ?? "") }
                },
                call
            )
        },
        "RevokeOrganizationInvitation": { (state, call) throws(FakeRefusal) in
            let invitation = try state.invitation(call.other, in: try state.organization(call.id))
            guard invitation.has("status", "pending") else {
                throw FakeRefusal(400, "organization_invitation_not_pending", "The invitation is not pending.")
            }
            let changed = try state.change(.organizationInvitation, call.other, ["status": "revoked", "url": .null])
            state.events.append(("organizationInvitation.revoked", changed))
            return changed
        },
    ]

    private static func page(_ invitations: [JSONValue], _ call: FakeCall) throws(FakeRefusal) -> JSONValue {
        let found = call.filter(
            invitations,
            ("status", { $0["status"]?.string }),
            ("email_address", { $0["email_address"]?.string })
        )
        return try call.page(call.search(found) { [$0["email_address"]?.string, $0["id"]?.string] })
    }

    private static func invite(
        _ body: JSONValue,
        to organization: JSONValue,
        in state: inout FakeState
    ) throws(FakeRefusal) -> JSONValue {
        let id = organization["id"]?.string ?? ""
        let address = body["email_address"]?.string ?? ""
        guard address.contains("@") else {
            throw .invalid("email_address", "must be a valid email address.", code: "form_param_format_invalid")
        }
        let role = try state.requireRole(body["role"]?.string ?? "", of: organization)
        let isInvited = state.first(.organizationInvitation) {
            $0.has("_organization", id) && $0.has("email_address", address) && $0.has("status", "pending")
        }
        guard isInvited == nil else {
            throw FakeRefusal(
                400,
                "duplicate_record",
                "There is a pending invitation of this address.",
                parameter: "email_address"
            )
        }
        let days = body["expires_in_days"]?.int ?? 30
        let inviter = body["inviter_user_id"]?.string
        let publicData: JSONValue =
            if let inviter {
                state.publicData(of: try state.get(.user, inviter)).without(
                    "username",
                    "banned",
                    "deprovisioned",
                    "profile_image_url"
                )
            } else { .null }
        let invitation = state.add(
            .organizationInvitation,
            [
                "object": "organization_invitation", "email_address": .string(address), "role": role["key"] ?? .null,
                "role_name": role["name"] ?? .null, "organization_id": .string(id), "_organization": .string(id),
                "inviter_id": JSONValue(inviter), "public_inviter_data": publicData, "status": "pending",
                "public_metadata": .objectOrEmpty(body["public_metadata"]),
                "private_metadata": .objectOrEmpty(body["private_metadata"]),
                "url": .string(
                    "https://fake-clerk.accounts.dev/v1/tickets/accept?ticket=\(state.all(.organizationInvitation).count)"
                ),
                "expires_at": .int(state.now + days * 86_400_000),
            ]
        )
        state.events.append(("organizationInvitation.created", invitation))
        return invitation
    }
}

extension FakeState {
    func invitation(_ id: String, in organization: JSONValue) throws(FakeRefusal) -> JSONValue {
        let found = try get(.organizationInvitation, id, "invitation")
        guard found.has("_organization", organization["id"]?.string ?? "") else { throw .notFound("invitation") }
        return found
    }

    func membership(of user: String, in organization: JSONValue) throws(FakeRefusal) -> JSONValue {
        let found = members(of: organization).first { $0.has("_user", user) }
        guard let found else { throw .notFound("organization membership") }
        return found
    }

    /// Returns the role with this key. Throws if the role is not in the organization's role set.
    func requireRole(_ key: String, of organization: JSONValue) throws(FakeRefusal) -> JSONValue {
        guard let role = first(.role, where: { $0.has("key", key) }) else {
            throw FakeRefusal(404, "resource_not_found", "No role was found.", parameter: "role")
        }
        let set = try roleSet(organization["role_set_key"]?.string)
        guard set.strings("_roles").contains(role["id"]?.string ?? "") else {
            throw .invalid(
                "role",
                "is not in the role set of the organization",
                code: "organization_role_not_in_role_set"
            )
        }
        return role
    }

    @discardableResult
    mutating func addMember(_ user: String, to organization: JSONValue, role: String) throws(FakeRefusal) -> JSONValue {
        _ = try get(.user, user)
        let role = try requireRole(role, of: organization)
        guard !members(of: organization).contains(where: { $0.has("_user", user) }) else {
            throw FakeRefusal(
                400,
                "already_a_member_in_organization",
                "The user is a member already.",
                parameter: "user_id"
            )
        }
        let maximum = organization["max_allowed_memberships"]?.int ?? 0
        guard maximum == 0 || members(of: organization).count < maximum else {
            throw FakeRefusal(
                403,
                "organization_membership_quota_exceeded",
                "The organization has as many members as it may."
            )
        }
        let membership = add(
            .membership,
            [
                "object": "organization_membership", "_organization": organization["id"] ?? .null,
                "_user": .string(user), "_role": role["id"] ?? .null, "public_metadata": [:], "private_metadata": [:],
            ]
        )
        events.append(("organizationMembership.created", shown(membership)))
        return membership
    }

    func publicData(of user: JSONValue) -> JSONValue {
        var data: JSONValue = [
            "user_id": user["id"] ?? .null, "identifier": identifier(of: user),
            "profile_image_url": user["image_url"] ?? .null,
        ]
        for name in ["first_name", "last_name", "image_url", "has_image", "username", "banned", "deprovisioned"] {
            if let value = user[name] { data = data.replacing(name, with: value) }
        }
        return data
    }

    private func identifier(of user: JSONValue) -> JSONValue {
        let primary = user["primary_email_address_id"]
        let address = user["email_addresses"]?.elements.first { $0["id"] == primary }
        return address?["email_address"] ?? user["username"] ?? .null
    }

    /// Returns a membership with the current role, user and organization.
    func shown(_ membership: JSONValue) -> JSONValue {
        let role = role(withID: membership["_role"]?.string) ?? [:]
        let user = first(.user) { $0["id"] == membership["_user"] } ?? [:]
        let organization = first(.organization) { $0["id"] == membership["_organization"] } ?? [:]
        let permissions = self.permissions(of: role).compactMap { $0["key"] }
        return membership.replacing("role", with: role["key"] ?? .null).replacing(
            "role_name",
            with: role["name"] ?? .null
        )
        .replacing("permissions", with: .array(permissions)).replacing("organization", with: organization)
        .replacing("public_user_data", with: publicData(of: user))
    }
}

extension JSONValue {
    func without(_ names: String...) -> JSONValue {
        .object(members.filter { member in !names.contains { $0.hasSameBytes(as: member.name) } })
    }
}
#endif
