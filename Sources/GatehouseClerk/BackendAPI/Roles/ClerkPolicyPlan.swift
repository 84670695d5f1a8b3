public import Gatehouse

/// The changes that make Clerk's roles and permissions equal to those of a policy.
public struct ClerkPolicyPlan: Sendable, Hashable {
    /// A change at Clerk.
    public enum Step: Sendable, Hashable, CustomStringConvertible {
        /// A permission that Clerk lacks.
        case createPermission(key: String, description: String)
        /// The creation of a role that Clerk lacks, with the keys of its permissions.
        case createRole(key: String, description: String?, permissions: [String])
        /// A role that permits too little at Clerk.
        case addPermission(String, role: String)
        /// The removal of a permission from a role that permits too much at Clerk.
        case removePermission(String, role: String)
        /// A role that is not in the role set of new organizations.
        case addToRoleSet(role: String, set: String)
        /// The deletion of a role that the policy does not have. Clerk refuses the deletion while a member has the role.
        case deleteRole(String)
        /// A permission that the policy does not have.
        case deletePermission(String)

        /// The step in a line.
        public var description: String {
            switch self {
            case .createPermission(let key, _): "create permission \(key)"
            case .createRole(let key, _, let permissions): "create role \(key) with \(permissions.count) permissions"
            case .addPermission(let key, let role): "add \(key) to \(role)"
            case .removePermission(let key, let role): "remove \(key) from \(role)"
            case .addToRoleSet(let role, let set): "add \(role) to the role set \(set)"
            case .deleteRole(let key): "delete role \(key)"
            case .deletePermission(let key): "delete permission \(key)"
            }
        }
    }

    /// The changes, in the order in which they are made.
    public var steps: [Step]
    /// The parts of the policy that Clerk cannot represent, as sentences. A plan with problems is not applied.
    public var problems: [String]
    /// The roles and permissions that Clerk has and the policy does not. They stay unless their deletion is requested.
    public var kept: [String]
}

extension ClerkClient {
    /// The largest number of roles of an instance.
    static let maximumRoles = 10

    /// Compares a policy with the roles and permissions of the instance. Nothing is changed.
    ///
    /// The permissions of a role are the names that the policy knows and the role always grants, including inherited names and without
    /// denied names. A permission that depends on a condition has no counterpart at Clerk. System permissions (`org:sys_…`) are not changed
    /// at Clerk.
    ///
    /// - Parameters:
    ///   - engine: The compiled policy.
    ///   - deleting: True if roles and permissions that the policy does not have are to be deleted.
    public func plan(
        for engine: PolicyEngine,
        deleting: Bool = false
    ) async throws(ClerkError) -> ClerkPolicyPlan {
        let held = ClerkRoleCatalogue(
            roles: try await roles.list().all(),
            permissions: try await permissions.list().all(),
            initialSet: try await roleSets.list().all().first { $0.json.text("type") == "initial" }
        )
        return ClerkPolicyPlan(for: engine, held, deleting: deleting)
    }

    /// Makes the changes of a plan, one after another.
    ///
    /// - Parameters:
    ///   - plan: The plan. A plan with problems is refused as a whole.
    ///   - told: A closure that is called after each change.
    /// - Throws: ``ClerkError`` if a change fails. The earlier changes were made. Make a new plan to continue.
    public func apply(
        _ plan: ClerkPolicyPlan,
        told: (ClerkPolicyPlan.Step) -> Void = { _ in }
    ) async throws(ClerkError) {
        guard plan.problems.isEmpty else {
            throw ClerkError(
                .invalidRequest,
                "the policy cannot be held by Clerk: \(plan.problems.joined(separator: "; "))"
            )
        }
        var roleIDs = Self.ids(try await roles.list().all().map { ($0.key, $0.id) })
        var permissionIDs = Self.ids(try await permissions.list().all().map { ($0.key, $0.id) })
        func id(_ key: String, _ ids: [ByteText: String]) throws(ClerkError) -> String {
            guard let id = ids[ByteText(key)] else {
                throw ClerkError(.notFound, "“\(key.printable)” is gone from Clerk: plan again")
            }
            return id
        }
        for step in plan.steps {
            switch step {
            case .createPermission(let key, let description):
                let made = try await permissions.create(key: key, name: key, description: description)
                permissionIDs[ByteText(key)] = made.id
            case .createRole(let key, let description, let keys):
                var ids: [String] = []
                for key in keys { ids.append(try id(key, permissionIDs)) }
                let made = try await roles.create(key: key, name: key, description: description, permissionIDs: ids)
                roleIDs[ByteText(key)] = made.id
            case .addPermission(let key, let role):
                try await roles.add(permission: try id(key, permissionIDs), to: try id(role, roleIDs))
            case .removePermission(let key, let role):
                try await roles.remove(permission: try id(key, permissionIDs), from: try id(role, roleIDs))
            case .addToRoleSet(let role, let set): _ = try await roleSets.add(roleKeys: [role], to: set)
            case .deleteRole(let key): try await roles.delete(try id(key, roleIDs))
            case .deletePermission(let key): try await permissions.delete(try id(key, permissionIDs))
            }
            told(step)
        }
    }

    /// Returns a policy of the instance's own roles and permissions: each role grants its permissions at Clerk, system permissions
    /// included.
    public func policy() async throws(ClerkError) -> Policy {
        let catalogue = try await permissions.list().all().compactMap { permission in
            permission.key.map { CataloguedPermission($0, permission.permissionDescription ?? "") }
        }
        let roles = try await roles.list().all().compactMap { role in
            role.key.map { key in
                Role(key, description: role.roleDescription, grants: role.permissions.compactMap(\.key))
            }
        }
        return Policy(permissions: catalogue, roles: roles)
    }

    private static func ids(_ pairs: [(String?, String)]) -> [ByteText: String] {
        Dictionary(pairs.compactMap { key, id in key.map { (ByteText($0), id) } }) { first, _ in first }
    }
}

/// The roles and permissions that an instance has.
struct ClerkRoleCatalogue {
    let roles: [ClerkRole]
    let permissions: [ClerkPermission]
    /// The role set of new organizations; `nil` if there is none.
    let initialSet: ClerkRoleSet?
}

extension ClerkPolicyPlan {
    init(for engine: PolicyEngine, _ held: ClerkRoleCatalogue, deleting: Bool) {
        self.init(steps: [], problems: [], kept: [])
        let names = engine.permissionNames.filter { !$0.isSystemPermission }
        for name in names where !name.isClerkKey(parts: 3) {
            problems.append("“\(name.printable)” is no permission key of Clerk's: org:feature:permission in lower case")
        }
        for role in engine.policy.roles where !role.name.isClerkKey(parts: 2) {
            problems.append("“\(role.name.printable)” is no role key of Clerk's: org:name in lower case")
        }
        let heldNames = Set(held.permissions.compactMap { $0.key.map { ByteText($0) } })
        let descriptions = engine.policy.permissions ?? []
        steps += names.filter { !heldNames.contains(ByteText($0)) }.map { name in
            .createPermission(
                key: name,
                description: descriptions.first { $0.name.hasSameBytes(as: name) }?.description ?? ""
            )
        }
        for role in engine.policy.roles { addSteps(for: role, engine, held) }
        compareRest(engine, held, names, deleting)
        let deleted = steps.filter { if case .deleteRole = $0 { true } else { false } }.count
        let created = steps.filter { if case .createRole = $0 { true } else { false } }.count
        let count = held.roles.count + created - deleted
        if count > ClerkClient.maximumRoles {
            problems.append("there would be \(count) roles, and an instance may have \(ClerkClient.maximumRoles)")
        }
    }

    private mutating func addSteps(for role: Role, _ engine: PolicyEngine, _ held: ClerkRoleCatalogue) {
        let wanted = engine.permissions(holding: [role.name]).filter { !$0.isConditional }.map(\.permission)
            .filter { !$0.isSystemPermission }
        if let existing = held.roles.first(where: { $0.key?.hasSameBytes(as: role.name) == true }) {
            let has = existing.permissions.compactMap(\.key).filter { !$0.isSystemPermission }
            let (hasSet, wantedSet) = (Set(has.map { ByteText($0) }), Set(wanted.map { ByteText($0) }))
            // Removals go first: at no time does the role permit more than before or after.
            steps += has.filter { !wantedSet.contains(ByteText($0)) }.map { .removePermission($0, role: role.name) }
            steps += wanted.filter { !hasSet.contains(ByteText($0)) }.map { .addPermission($0, role: role.name) }
        } else {
            steps.append(.createRole(key: role.name, description: role.description, permissions: wanted))
        }
        if let set = held.initialSet, let key = set.key,
            !set.roles.contains(where: { $0.key?.hasSameBytes(as: role.name) == true })
        {
            steps.append(.addToRoleSet(role: role.name, set: key))
        }
    }

    private mutating func compareRest(
        _ engine: PolicyEngine,
        _ held: ClerkRoleCatalogue,
        _ names: [String],
        _ deleting: Bool
    ) {
        let policyRoles = Set(engine.policy.roles.map { ByteText($0.name) })
        let policyNames = Set(names.map { ByteText($0) })
        let roles = held.roles.compactMap(\.key).filter { !policyRoles.contains(ByteText($0)) }
        let permissions = held.permissions.filter { !$0.isSystem }.compactMap(\.key)
            .filter { !policyNames.contains(ByteText($0)) && !$0.isSystemPermission }
        if deleting {
            steps += roles.map { .deleteRole($0) } + permissions.map { .deletePermission($0) }
        } else {
            kept += roles.map { "role \($0)" } + permissions.map { "permission \($0)" }
        }
    }
}

extension String {
    /// True if the text is the name of one of Clerk's own permissions.
    fileprivate var isSystemPermission: Bool { utf8.starts(with: "org:sys_".utf8) }

    /// Returns true for `org:` and names in lower-case letters, digits and underscores, of so many parts in all.
    fileprivate func isClerkKey(parts count: Int) -> Bool {
        let parts = utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return parts.count == count && parts.first.map { Array($0) == Array("org".utf8) } == true
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy {
                        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
                    }
            }
    }
}
