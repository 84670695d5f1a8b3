import GatehouseBase

extension AuditRecord {
    /// The name of the last fact of a decision: the revision of the membership source.
    static let membershipRevision = "membershipRevision"

    /// Makes the record of a decision, with everything that a replay needs. The record has only those attributes that the policy reads.
    ///
    /// The facts are `permission`, `resourceType`, `reasons`, `revision` and, last, `membershipRevision`. The personal data are
    /// `principal`, `resource`, `action`, `context`, `address` and `userAgent`.
    init(_ event: DecisionEvent) {
        let check = event.engine.keepingReadAttributes(event.check)
        var facts = JSONMembers()
        facts.add("permission", .string(check.permission.name))
        facts.add("resourceType", check.resource?.type)
        facts.add("reasons", .array(event.decision.reasons.map(\.json)))
        facts.add("revision", .string(event.engine.revision.text))
        if event.permissionSource != .roles { facts.add("permissionsFrom", .string(event.permissionSource.rawValue)) }
        if let revision = event.membershipRevision {
            facts.add(Self.membershipRevision, .number(JSONNumber(Int(clamping: revision.number))))
        }
        var personal = JSONMembers()
        personal.add("principal", check.principal.json(holding: event.heldRoles, event))
        if let resource = check.resource { personal.add("resource", resource.json) }
        personal.add(unlessEmpty: "action", check.action)
        personal.add(unlessEmpty: "context", check.context)
        self.init(
            type: Self.decision,
            time: check.time,
            isAllowed: event.isAllowed,
            principal: check.principal,
            request: event.request,
            facts: facts,
            personal: personal
        )
    }
}

extension Principal {
    /// Returns the JSON of the principal, with everything that a replay needs.
    fileprivate func json(holding roles: [RoleAssignment], _ event: DecisionEvent) -> JSONValue {
        var members = JSONMembers()
        if !issuer.isEmpty { members.add("issuer", .string(issuer)) }
        if !issuer.hasSameBytes(as: event.ownIssuer) { members.add("ownIssuer", .string(event.ownIssuer)) }
        if kind != .user { members.add("kind", .string(kind.rawValue)) }
        members.add("type", type)
        members.add("roles", .array(roles.map(\.json)))
        if let activeRoles { members.add("activeRoles", JSONValue(activeRoles)) }
        members.add("tokenKind", tokenKind?.rawValue)
        if isDelegated { members.add("delegated", JSONValue(delegatedPermissions.map(\.text))) }
        if event.permissionSource != .roles { members.add("permissions", JSONValue(permissions)) }
        if let actor { members.add("actor", actor) }
        members.add("session", session?.id)
        members.add(unlessEmpty: "attributes", attributes)
        members.add(unlessEmpty: "claims", claims)
        return members.object
    }
}

extension Resource {
    fileprivate var json: JSONValue {
        var members = JSONMembers()
        members.add("type", type)
        members.add("id", id)
        members.add(unlessEmpty: "attributes", attributes)
        return members.object
    }
}

extension RoleAssignment {
    /// The role's name if the assignment has no bounds; otherwise an object.
    fileprivate var json: JSONValue {
        guard resource != nil || notBefore != nil || notAfter != nil else { return .string(role) }
        var members = JSONMembers()
        members.add("role", .string(role))
        members.add("resource", resource?.description)
        members.add("notBefore", notBefore?.description)
        members.add("notAfter", notAfter?.description)
        return members.object
    }
}

extension Decision.Reason {
    /// The reason in the form that `gatehouse policy check` prints.
    package var json: JSONValue {
        var members = JSONMembers()
        switch self {
        case .grant(let role, let pattern, let path), .deny(let role, let pattern, let path):
            if case .grant = self { members.add("kind", "grant") } else { members.add("kind", "deny") }
            members.add("role", .string(role))
            members.add("pattern", .string(pattern))
            members.add("path", JSONValue(path.names))
        case .rule(let id, let effect, let isUnknown, let role, let path):
            members.add("kind", "rule")
            members.add("rule", .string(id))
            members.add("effect", .string(effect.rawValue))
            if isUnknown { members.add("unknown", true) }
            if let role {
                members.add("role", .string(role))
                members.add("path", JSONValue(path.names))
            }
        case .constraint(let id):
            members.add("kind", "constraint")
            members.add("constraint", .string(id))
        case .scope: members.add("kind", "scope")
        case .credential: members.add("kind", "credential")
        case .default: members.add("kind", "default")
        }
        return members.object
    }
}
