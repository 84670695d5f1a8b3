#if PolicyFiles
import Gatehouse

/// Makes a check of a line's JSON. Nothing is taken for what it is not: a null is no absence, but for the
/// organization, and a number in a string no number.
struct CheckReader {
    let now: Timestamp

    private enum Key: String, CaseIterable { case id, principal, permission, resource, action, context, at }
    private enum PrincipalKey: String, CaseIterable { case id, type, organization, roles, attributes }
    private enum RoleKey: String, CaseIterable { case role, resource, notBefore, notAfter }
    private enum ResourceKey: String, CaseIterable { case type, id, attributes }

    func line(_ node: JSONNode) throws(CheckLineError) -> CheckLine {
        let members = try CheckMembers<Key>(node, "a check")
        let id = try members.string(.id)
        guard let principal = members[.principal] else { throw CheckLineError("a check has a “principal”") }
        guard let name = try members.string(.permission) else { throw CheckLineError("a check has a “permission”") }
        let check = AccessCheck(
            try permission(name),
            by: try self.principal(principal),
            on: try members[.resource].map(resource),
            action: try members.object(.action) ?? [:],
            context: try members.object(.context) ?? [:],
            at: try members.time(.at) ?? now
        )
        return CheckLine(id: id, check: check)
    }

    private func permission(_ name: String) throws(CheckLineError) -> Permission {
        do throws(NameError) {
            return try Permission(validating: name)
        } catch {
            throw CheckLineError(error.description)
        }
    }

    private func principal(_ node: JSONNode) throws(CheckLineError) -> Principal {
        let members = try CheckMembers<PrincipalKey>(node, "a principal")
        guard let id = try members.nonEmptyString(.id) else { throw CheckLineError("a principal has an “id”") }
        var principal = Principal(id)
        principal.type = try members.string(.type)
        if let type = principal.type, !Name.isSegment(type) {
            throw CheckLineError("a principal's type must be one segment of A-Z a-z 0-9 _ - .")
        }
        if members[.organization]?.isNull == false, let organization = try members.nonEmptyString(.organization) {
            principal.organization = Principal.Organization(organization)
        }
        if let roles = members[.roles] {
            guard roles.kind == .array else { throw CheckLineError("“roles” must be an array") }
            for element in roles.elements { principal.roles.append(try role(element)) }
        }
        if let attributes = try members.object(.attributes) { principal.attributes = attributes }
        return principal
    }

    private func role(_ node: JSONNode) throws(CheckLineError) -> RoleAssignment {
        // A name that no role can have, such as that of a directory's group, is held like any other, and gives nothing.
        if let name = node.string { return RoleAssignment(name) }
        let members = try CheckMembers<RoleKey>(node, "a role that is no string")
        guard let name = try members.string(.role) else { throw CheckLineError("a role object has a “role”") }
        var role = RoleAssignment(name)
        if let text = try members.string(.resource) {
            guard let resource = ResourceID(text) else {
                throw CheckLineError("the resource of a role must be “type:id” with a type of one segment")
            }
            role.resource = resource
        }
        role.notBefore = try members.time(.notBefore)
        role.notAfter = try members.time(.notAfter)
        return role
    }

    private func resource(_ node: JSONNode) throws(CheckLineError) -> Resource {
        let members = try CheckMembers<ResourceKey>(node, "a resource")
        let type = try members.string(.type)
        if let type, !Name.isSegment(type) {
            throw CheckLineError("a resource's type must be one segment of A-Z a-z 0-9 _ - .")
        }
        return Resource(
            type: type,
            id: try members.nonEmptyString(.id),
            attributes: try members.object(.attributes) ?? [:]
        )
    }
}
#endif
