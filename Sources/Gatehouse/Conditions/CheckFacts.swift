/// The facts of one check that a condition may ask for.
struct CheckFacts {
    /// `$principal.id`
    var principal: String
    /// `$principal.type`
    var principalType: String
    /// `$principal.issuer`; `nil` if it is missing.
    var principalIssuer: String?
    /// `$principal.organization`; `nil` if it is missing.
    var organization: String?
    /// `$principal.roles`: the names of the roles held for this check, each once.
    var roles: [String]
    /// `$principal.attributes`
    var principalAttributes: JSONValue
    /// `$principal.claims`
    var principalClaims: JSONValue
    /// `$resource`
    var resource: Resource?
    /// `$action.name`: the permission that is checked.
    var permission: String
    /// `$action`, but for its name.
    var action: JSONValue
    /// `$context`
    var context: JSONValue
}

extension CheckFacts {
    /// - Parameter roles: The names of the roles that are held for the check, each once.
    init(_ principal: Principal, _ permission: Permission, _ details: CheckDetails, roles: [String]) {
        self.init(
            principal: principal.id,
            principalType: principal.typeName,
            principalIssuer: principal.issuer.isEmpty ? nil : principal.issuer,
            organization: principal.organization?.id,
            roles: roles,
            principalAttributes: principal.attributes,
            principalClaims: principal.claims,
            resource: details.resource,
            permission: permission.name,
            action: details.action,
            context: details.context
        )
    }
}
