#if TestServers
import GatehouseBase
import GatehouseClerk

extension FakeOperations {
    static let organizations: [String: FakeOperation] = [
        "CreateOrganization": { (state, call) throws(FakeRefusal) in
            let name = call.text("name") ?? ""
            guard !name.isEmpty else { throw .invalid("name", "must not be empty", code: "form_param_format_invalid") }
            let slug = call.text("slug") ?? slug(of: name, in: state)
            try requireFree(slug, in: state, except: nil)
            let creator = call.text("created_by")
            if let creator { _ = try state.get(.user, creator) }
            let roleSet = try state.roleSet(call.text("role_set_key"))
            let organization = state.add(
                .organization,
                [
                    "object": "organization", "name": .string(name), "slug": .string(slug),
                    "image_url": "https://img.clerk.com/org", "has_image": false,
                    "max_allowed_memberships": call.value("max_allowed_memberships") ?? 5,
                    "admin_delete_enabled": true,
                    "public_metadata": .objectOrEmpty(call.body["public_metadata"]),
                    "private_metadata": .objectOrEmpty(call.body["private_metadata"]),
                    "created_by": .string(creator ?? ""), "role_set_key": roleSet["key"] ?? .null,
                ]
            )
            state.events.append(("organization.created", organization))
            if let creator {
                let role = state.role(withID: roleSet["_creator"]?.string)?["key"]?.string ?? "org:admin"
                try state.addMember(creator, to: organization, role: role)
            }
            return organization
        },
        "GetOrganization": { (state, call) throws(FakeRefusal) in
            state.counted(try state.organization(call.id), call)
        },
        "ListOrganizations": { (state, call) throws(FakeRefusal) in
            var found = call.search(state.all(.organization)) {
                [$0["name"]?.string, $0["slug"]?.string, $0["id"]?.string]
            }
            found = call.filter(found, ("organization_id", { $0["id"]?.string }))
            let users = call.query.strings("user_id")
            if !users.isEmpty {
                let theirs = state.all(.membership).filter { membership in
                    users.contains { membership.has("_user", $0) }
                }
                found = found.filter { organization in
                    theirs.contains { $0.has("_organization", organization["id"]?.string ?? "") }
                }
            }
            return try call.page(found.map { state.counted($0, call) })
        },
        "UpdateOrganization": { (state, call) throws(FakeRefusal) in
            let organization = try state.organization(call.id)
            let id = organization["id"]?.string ?? ""
            if let slug = call.text("slug") { try requireFree(slug, in: state, except: id) }
            if let key = call.text("role_set_key") { _ = try state.roleSet(key) }
            let changed = try state.change(
                .organization,
                id,
                call.taking("name", "slug", "max_allowed_memberships", "admin_delete_enabled", "role_set_key")
                    .withoutNulls
            )
            state.events.append(("organization.updated", changed))
            return changed
        },
        "DeleteOrganization": { (state, call) throws(FakeRefusal) in
            let organization = try state.organization(call.id)
            let id = organization["id"]?.string ?? ""
            try state.remove(.organization, id)
            for kind in [FakeState.Kind.membership, .organizationInvitation, .domain] {
                _ = state.removeAll(kind) { $0.has("_organization", id) }
            }
            let deleted = deletedObject("organization", id).replacing("slug", with: organization["slug"] ?? .null)
            state.events.append(("organization.deleted", deleted))
            return deleted
        },
        "MergeOrganizationMetadata": { (state, call) throws(FakeRefusal) in
            try changeMetadata(of: try state.organization(call.id), in: &state, call, merges: true)
        },
        "ReplaceOrganizationMetadata": { (state, call) throws(FakeRefusal) in
            try changeMetadata(of: try state.organization(call.id), in: &state, call, merges: false)
        },
        "UploadOrganizationLogo": { (state, call) throws(FakeRefusal) in
            let id = try state.organization(call.id)["id"]?.string ?? ""
            let url: JSONValue = .string("https://img.clerk.com/\(id)")
            return try state.change(.organization, id, ["has_image": true, "image_url": url, "logo_url": url])
        },
        "DeleteOrganizationLogo": { (state, call) throws(FakeRefusal) in
            let id = try state.organization(call.id)["id"]?.string ?? ""
            return try state.change(
                .organization,
                id,
                ["has_image": false, "image_url": "https://img.clerk.com/org"]
            )
        },
    ]

    private static func changeMetadata(
        of organization: JSONValue,
        in state: inout FakeState,
        _ call: FakeCall,
        merges: Bool
    ) throws(FakeRefusal) -> JSONValue {
        let changes = metadataChanges(of: organization, call, merges: merges)
        let changed = try state.change(.organization, organization["id"]?.string ?? "", changes)
        state.events.append(("organization.updated", changed))
        return changed
    }

    /// Returns the changes for the metadata of a call, merged with the old metadata or in its place.
    static func metadataChanges(of object: JSONValue, _ call: FakeCall, merges: Bool) -> JSONValue {
        .object(
            call.taking("public_metadata", "private_metadata", "unsafe_metadata").withoutNulls.members.map { member in
                JSONMember(member.name, merges ? (object[member.name] ?? [:]).merging(member.value) : member.value)
            }
        )
    }

    private static func requireFree(_ slug: String, in state: FakeState, except id: String?) throws(FakeRefusal) {
        let holder = state.first(.organization) { $0.has("slug", slug) }
        guard holder == nil || id.map({ holder?.has("id", $0) == true }) == true else { throw .taken("slug") }
    }

    private static func slug(of name: String, in state: FakeState) -> String {
        let text = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        let isTaken = state.first(.organization) { $0.has("slug", text) } != nil
        return isTaken ? "\(text)-\(state.all(.organization).count)" : text
    }
}

extension FakeState {
    /// Returns the organization with this id or slug.
    func organization(_ idOrSlug: String) throws(FakeRefusal) -> JSONValue {
        guard let found = first(.organization, where: { $0.has("id", idOrSlug) || $0.has("slug", idOrSlug) }) else {
            throw .notFound("organization")
        }
        return found
    }

    func members(of organization: JSONValue) -> [JSONValue] {
        let id = organization["id"]?.string ?? ""
        return all(.membership).filter { $0.has("_organization", id) }
    }

    fileprivate func counted(_ organization: JSONValue, _ call: FakeCall) -> JSONValue {
        guard call.query["include_members_count"]?.bool == true else { return organization }
        return organization.replacing("members_count", with: .int(members(of: organization).count))
    }
}

extension JSONValue {
    var withoutNulls: JSONValue { .object(members.filter { $0.value != .null }) }

    /// Returns an object unchanged, and an empty object for any other value.
    static func objectOrEmpty(_ value: JSONValue?) -> JSONValue {
        if case .object(let members)? = value { .object(members) } else { [:] }
    }
}

#endif
