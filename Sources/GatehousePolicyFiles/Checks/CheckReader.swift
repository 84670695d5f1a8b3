#if PolicyFiles
import Gatehouse

/// A strict reader that makes a check from a line's JSON. A null does not stand for an absent member, except for the organization, and a
/// string of digits does not stand for a number.
struct CheckReader {
    /// The faults of the JSON, in the order of reading.
    private(set) var faults: [CheckFault] = []
    private let now: Timestamp

    private enum Key: String, CaseIterable { case id, principal, permission, resource, action, context, at }
    private enum PrincipalKey: String, CaseIterable { case id, type, organization, roles, attributes }
    private enum RoleKey: String, CaseIterable { case role, resource, notBefore, notAfter }
    private enum ResourceKey: String, CaseIterable { case type, id, attributes }

    init(now: Timestamp) {
        self.now = now
    }

    /// Reads a check line; `nil` if there are faults.
    mutating func line(_ node: JSONNode) -> CheckLine? {
        let members = CheckMembers<Key>(node, "a check", &faults)
        let id = members.string(.id, &faults)
        let principal = members.required(.principal, "a check has a “principal”", &faults).map { self.principal($0) }
        _ = members.required(.permission, "a check has a “permission”", &faults)
        let permission = members.string(.permission, &faults).flatMap { name in
            self.permission(name, at: members[.permission] ?? node)
        }
        let resource = members[.resource].map { self.resource($0) }
        let action = members.object(.action, &faults) ?? [:]
        let context = members.object(.context, &faults) ?? [:]
        let time = members.time(.at, &faults) ?? now
        guard faults.isEmpty, let principal, let permission else { return nil }
        let check = AccessCheck(permission, by: principal, on: resource, action: action, context: context, at: time)
        return CheckLine(id: id, check: check)
    }

    private mutating func permission(_ name: String, at node: JSONNode) -> Permission? {
        do throws(NameError) {
            return try Permission(validating: name)
        } catch {
            faults.append(CheckFault(error.description, at: node))
            return nil
        }
    }

    private mutating func principal(_ node: JSONNode) -> Principal {
        let members = CheckMembers<PrincipalKey>(node, "a principal", &faults)
        _ = members.required(.id, "a principal has an “id”", &faults)
        var principal = Principal(members.nonEmptyString(.id, &faults) ?? "")
        principal.type = segment(members.string(.type, &faults), "a principal's type", at: members[.type])
        if members[.organization]?.isNull == false,
            let organization = members.nonEmptyString(.organization, &faults)
        {
            principal.organization = Principal.Organization(organization)
        }
        if let roles = members[.roles] {
            if roles.kind != .array { faults.append(CheckFault("“roles” must be an array", at: roles)) }
            for element in roles.elements { principal.roles.append(role(element)) }
        }
        principal.attributes = members.object(.attributes, &faults) ?? principal.attributes
        return principal
    }

    private mutating func role(_ node: JSONNode) -> RoleAssignment {
        // A name that is no valid name of a role, such as the name of a directory's group, becomes an assignment that grants nothing.
        if let name = node.string { return RoleAssignment(name) }
        let members = CheckMembers<RoleKey>(node, "a role that is no string", &faults)
        _ = members.required(.role, "a role object has a “role”", &faults)
        var role = RoleAssignment(members.string(.role, &faults) ?? "")
        if let text = members.string(.resource, &faults) {
            role.resource = ResourceID(text)
            if role.resource == nil {
                let message = "the resource of a role must be “type:id” with a type of one segment"
                faults.append(CheckFault(message, at: members[.resource] ?? node))
            }
        }
        role.notBefore = members.time(.notBefore, &faults)
        role.notAfter = members.time(.notAfter, &faults)
        return role
    }

    private mutating func resource(_ node: JSONNode) -> Resource {
        let members = CheckMembers<ResourceKey>(node, "a resource", &faults)
        return Resource(
            type: segment(members.string(.type, &faults), "a resource's type", at: members[.type]),
            id: members.nonEmptyString(.id, &faults),
            attributes: members.object(.attributes, &faults) ?? [:]
        )
    }

    private mutating func segment(_ text: String?, _ name: String, at node: JSONNode?) -> String? {
        if let text, let node, !Name.isSegment(text) {
            faults.append(CheckFault("\(name) must be one segment of A-Z a-z 0-9 _ - .", at: node))
        }
        return text
    }
}
#endif
