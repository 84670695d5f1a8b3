#if TestServers
import GatehouseBase
import GatehouseClerk

extension FakeOperations {
    static let roles: [String: FakeOperation] = [
        "CreateOrganizationRole": { (state, call) throws(FakeRefusal) in
            let key = call.text("key") ?? ""
            try requireKey(key, parts: 2)
            guard state.first(.role, where: { $0.has("key", key) }) == nil else { throw .taken("key") }
            guard state.all(.role).count < 10 else {
                throw FakeRefusal(403, "organization_role_quota_exceeded", "There are as many roles as there may be.")
            }
            let permissions = try state.requirePermissions(call.body.strings("permissions"))
            let role = state.add(
                .role,
                [
                    "object": "role", "name": call.body["name"] ?? .null, "key": .string(key),
                    "description": call.value("description") ?? .null, "is_creator_eligible": false,
                    "_permissions": JSONValue(permissions),
                ]
            )
            if call.body["include_in_initial_role_set"]?.bool == true { try state.addToInitialSet(role) }
            let shown = state.shownRole(role)
            state.events.append(("role.created", shown))
            return shown
        },
        "GetOrganizationRole": { (state, call) throws(FakeRefusal) in state.shownRole(try state.get(.role, call.id)) },
        "ListOrganizationRoles": { (state, call) throws(FakeRefusal) in
            let found = call.search(state.all(.role)) { [$0["name"]?.string, $0["key"]?.string] }
            return try call.page(found.map { state.shownRole($0) })
        },
        "UpdateOrganizationRole": { (state, call) throws(FakeRefusal) in
            var changes = call.taking("name", "key", "description").withoutNulls
            if let key = call.text("key") { try requireKey(key, parts: 2) }
            if call.value("permissions") != nil {
                changes = changes.replacing(
                    "_permissions",
                    with: JSONValue(try state.requirePermissions(call.body.strings("permissions")))
                )
            }
            return try changeRole(call.id, changes, in: &state)
        },
        "DeleteOrganizationRole": { (state, call) throws(FakeRefusal) in
            let role = try state.get(.role, call.id)
            guard !state.all(.membership).contains(where: { $0["_role"] == role["id"] }),
                !state.all(.roleSet).contains(where: { $0.strings("_roles").contains(call.id) })
            else {
                throw FakeRefusal(403, "organization_role_assigned_to_members", "The role is in use.")
            }
            return try delete(.role, as: "role", event: "role.deleted")(&state, call)
        },
        "AssignPermissionToOrganizationRole": { (state, call) throws(FakeRefusal) in
            let role = try state.get(.role, call.id)
            let added = try state.requirePermissions([call.other])
            let permissions = role.strings("_permissions").filter { $0 != call.other } + added
            return try changeRole(call.id, ["_permissions": JSONValue(permissions)], in: &state)
        },
        "RemovePermissionFromOrganizationRole": { (state, call) throws(FakeRefusal) in
            let held = try state.get(.role, call.id).strings("_permissions")
            guard held.contains(call.other) else { throw .notFound("permission of the role") }
            return try changeRole(call.id, ["_permissions": JSONValue(held.filter { $0 != call.other })], in: &state)
        },
        "CreateOrganizationPermission": { (state, call) throws(FakeRefusal) in
            let key = call.text("key") ?? ""
            try requireKey(key, parts: 3)
            guard state.first(.permission, where: { $0.has("key", key) }) == nil else { throw .taken("key") }
            let permission = state.add(
                .permission,
                [
                    "object": "permission", "name": call.body["name"] ?? .null, "key": .string(key),
                    "description": call.value("description") ?? "", "type": "user",
                ]
            )
            state.events.append(("permission.created", permission))
            return permission
        },
        "GetOrganizationPermission": get(.permission),
        "ListOrganizationPermissions": { (state, call) throws(FakeRefusal) in
            try call.page(call.search(state.all(.permission)) { [$0["name"]?.string, $0["key"]?.string] })
        },
        "UpdateOrganizationPermission": { (state, call) throws(FakeRefusal) in
            try requireOwn(try state.get(.permission, call.id))
            let changed = try state.change(.permission, call.id, call.taking("name", "key", "description").withoutNulls)
            state.events.append(("permission.updated", changed))
            return changed
        },
        "DeleteOrganizationPermission": { (state, call) throws(FakeRefusal) in
            try requireOwn(try state.get(.permission, call.id))
            for role in state.all(.role) where role.strings("_permissions").contains(call.id) {
                let rest = role.strings("_permissions").filter { $0 != call.id }
                try state.change(.role, role["id"]?.string ?? "", ["_permissions": JSONValue(rest)])
            }
            return try delete(.permission, as: "permission", event: "permission.deleted")(&state, call)
        },
    ]

    private static func changeRole(
        _ id: String,
        _ changes: JSONValue,
        in state: inout FakeState
    ) throws(FakeRefusal) -> JSONValue {
        let changed = state.shownRole(try state.change(.role, id, changes))
        state.events.append(("role.updated", changed))
        return changed
    }

    private static func requireKey(_ key: String, parts: Int) throws(FakeRefusal) {
        let segments = key.split(separator: ":", omittingEmptySubsequences: false)
        let isGood =
            segments.count == parts && segments.first == "org"
            && segments.allSatisfy { segment in
                !segment.isEmpty && segment.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
            }
        guard isGood, !key.hasPrefix("org:sys_") else {
            throw .invalid("key", "must be org: and names in lower case", code: "form_param_format_invalid")
        }
    }

    private static func requireOwn(_ permission: JSONValue) throws(FakeRefusal) {
        guard !permission.has("type", "system") else {
            throw FakeRefusal(403, "organization_system_permission_not_modifiable", "System permissions are read only.")
        }
    }

    static let roleSets: [String: FakeOperation] = [
        "CreateRoleSet": { (state, call) throws(FakeRefusal) in
            let key = call.text("key") ?? "role_set:\(call.text("name")?.lowercased().replacing(" ", with: "_") ?? "")"
            guard state.first(.roleSet, where: { $0.has("key", key) }) == nil else { throw .taken("key") }
            let ids = try state.requireRoles(call.body.strings("roles"))
            let set = state.add(
                .roleSet,
                [
                    "object": "role_set", "name": call.body["name"] ?? .null, "key": .string(key),
                    "description": call.value("description") ?? .null, "type": call.value("type") ?? "custom",
                    "_roles": JSONValue(ids), "role_set_migration": .null,
                    "_default": .string(
                        try state.requireRole(call.text("default_role_key"), among: ids, "default_role_key")
                    ),
                    "_creator": .string(
                        try state.requireRole(call.text("creator_role_key"), among: ids, "creator_role_key")
                    ),
                ]
            )
            return state.shownSet(set)
        },
        "GetRoleSet": { (state, call) throws(FakeRefusal) in state.shownSet(try state.roleSet(call.id)) },
        "ListRoleSets": { (state, call) throws(FakeRefusal) in
            let found = call.search(state.all(.roleSet)) { [$0["name"]?.string, $0["key"]?.string] }
            return try call.page(found.map { state.shownSet($0) })
        },
        "UpdateRoleSet": { (state, call) throws(FakeRefusal) in
            let set = try state.roleSet(call.id)
            var changes = call.taking("name", "key", "description", "type").withoutNulls
            for (member, place) in [("default_role_key", "_default"), ("creator_role_key", "_creator")] {
                guard let key = call.text(member) else { continue }
                let id = try state.requireRole(key, among: set.strings("_roles"), member)
                changes = changes.replacing(place, with: .string(id))
            }
            return state.shownSet(try state.change(.roleSet, set["id"]?.string ?? "", changes))
        },
        "AddRolesToRoleSet": { (state, call) throws(FakeRefusal) in
            let set = try state.roleSet(call.id)
            let added = try state.requireRoles(call.body.strings("role_keys"))
            let ids = set.strings("_roles") + added.filter { !set.strings("_roles").contains($0) }
            guard ids.count <= 10 else { throw .invalid("role_keys", "are more than a role set may have") }
            return state.shownSet(try state.change(.roleSet, set["id"]?.string ?? "", ["_roles": JSONValue(ids)]))
        },
        "ReplaceRoleInRoleSet": { (state, call) throws(FakeRefusal) in
            let set = try state.roleSet(call.id)
            let old = try state.requireRole(call.text("role_key"), among: set.strings("_roles"), "role_key")
            let new = try state.requireRoles([call.text("to_role_key") ?? ""])
            let ids = set.strings("_roles").filter { $0 != old && !new.contains($0) } + new
            for membership in state.all(.membership) where membership.has("_role", old) {
                let organization = try state.organization(membership["_organization"]?.string ?? "")
                guard organization["role_set_key"] == set["key"] else { continue }
                try state.change(.membership, membership["id"]?.string ?? "", ["_role": JSONValue(new.first)])
            }
            return state.shownSet(try state.change(.roleSet, set["id"]?.string ?? "", ["_roles": JSONValue(ids)]))
        },
        "ReplaceRoleSet": { (state, call) throws(FakeRefusal) in
            let set = try state.roleSet(call.id)
            let other = try state.roleSet(call.text("dest_role_set_key"))
            for organization in state.all(.organization) where organization["role_set_key"] == set["key"] {
                let id = organization["id"]?.string ?? ""
                let moved = try state.change(.organization, id, ["role_set_key": other["key"] ?? .null])
                try state.moveMembers(of: moved, to: other, call.body["reassignment_mappings"] ?? [:])
            }
            let id = set["id"]?.string ?? ""
            try state.remove(.roleSet, id)
            return deletedObject("role_set", id)
        },
    ]
}

extension FakeState {
    func role(withID id: String?) -> JSONValue? {
        id.flatMap { id in first(.role) { $0.has("id", id) } }
    }

    func permissions(of role: JSONValue) -> [JSONValue] {
        role.strings("_permissions").compactMap { id in first(.permission) { $0.has("id", id) } }
    }

    func shownRole(_ role: JSONValue) -> JSONValue {
        role.replacing("permissions", with: .array(permissions(of: role)))
    }

    /// Returns the role set with this key or id; for `nil` the role set of new organizations.
    func roleSet(_ keyOrID: String?) throws(FakeRefusal) -> JSONValue {
        let found = first(.roleSet) { set in
            keyOrID.map { set.has("key", $0) || set.has("id", $0) } ?? set.has("type", "initial")
        }
        guard let found else { throw .notFound("role set") }
        return found
    }

    fileprivate func shownSet(_ set: JSONValue) -> JSONValue {
        func item(_ id: String?) -> JSONValue {
            guard let role = role(withID: id) else { return .null }
            let count = all(.membership).filter { $0["_role"] == role["id"] }.count
            return role.without("permissions", "is_creator_eligible").replacing("object", with: "role_set_item")
                .replacing("members_count", with: .int(count)).replacing("has_members", with: .bool(count > 0))
        }
        return set.replacing("roles", with: .array(set.strings("_roles").map { item($0) }))
            .replacing("default_role", with: item(set["_default"]?.string))
            .replacing("creator_role", with: item(set["_creator"]?.string))
    }

    fileprivate func requirePermissions(_ ids: [String]) throws(FakeRefusal) -> [String] {
        for id in ids { _ = try get(.permission, id) }
        return ids
    }

    /// Returns the ids of the roles with these keys.
    fileprivate func requireRoles(_ keys: [String]) throws(FakeRefusal) -> [String] {
        var ids: [String] = []
        for key in keys {
            guard let id = first(.role, where: { $0.has("key", key) })?["id"]?.string else { throw .notFound("role") }
            ids.append(id)
        }
        return ids
    }

    fileprivate func requireRole(_ key: String?, among ids: [String], _ parameter: String) throws(FakeRefusal) -> String
    {
        let id = try requireRoles([key ?? ""])[0]
        guard ids.contains(id) else { throw .invalid(parameter, "is not in the role set") }
        return id
    }

    fileprivate mutating func addToInitialSet(_ role: JSONValue) throws(FakeRefusal) {
        let set = try roleSet(nil)
        let ids = set.strings("_roles") + [role["id"]?.string ?? ""]
        try change(.roleSet, set["id"]?.string ?? "", ["_roles": JSONValue(ids)])
    }

    fileprivate mutating func moveMembers(
        of organization: JSONValue,
        to set: JSONValue,
        _ mappings: JSONValue
    ) throws(FakeRefusal) {
        for membership in members(of: organization) {
            let role = role(withID: membership["_role"]?.string) ?? [:]
            guard !set.strings("_roles").contains(role["id"]?.string ?? "") else { continue }
            let key = mappings[role["key"]?.string ?? ""]?.string
            let id = try key.map { (key) throws(FakeRefusal) in
                try requireRole(key, among: set.strings("_roles"), "reassignment_mappings")
            }
            try change(.membership, membership["id"]?.string ?? "", ["_role": JSONValue(id ?? set["_default"]?.string)])
        }
    }

    /// Adds the objects that every instance begins with: Clerk's system permissions, two roles, and their role set.
    mutating func seed() {
        let keys = [
            "org:sys_profile:manage", "org:sys_profile:delete", "org:sys_memberships:read",
            "org:sys_memberships:manage",
            "org:sys_domains:read", "org:sys_domains:manage", "org:sys_billing:read", "org:sys_billing:manage",
            "org:sys_entconns:manage",
        ]
        let permissions = keys.map { key in
            add(
                .permission,
                [
                    "object": "permission", "name": .string(key), "key": .string(key), "description": "",
                    "type": "system",
                ]
            )["id"]?.string ?? ""
        }
        func role(_ key: String, _ name: String, _ permissions: [String], _ isCreator: Bool) -> JSONValue {
            [
                "object": "role", "name": .string(name), "key": .string(key), "description": .null,
                "is_creator_eligible": .bool(isCreator), "_permissions": JSONValue(permissions),
            ]
        }
        let admin = add(.role, role("org:admin", "Admin", permissions, true))["id"] ?? .null
        let reading = zip(keys, permissions).filter { $0.0.hasSuffix(":read") }.map(\.1)
        let member = add(.role, role("org:member", "Member", reading, false))["id"] ?? .null
        add(
            .roleSet,
            [
                "object": "role_set", "name": "Default", "key": "role_set:default", "description": .null,
                "type": "initial",
                "_roles": [admin, member], "_default": member, "_creator": admin, "role_set_migration": .null,
            ]
        )
    }
}
#endif
