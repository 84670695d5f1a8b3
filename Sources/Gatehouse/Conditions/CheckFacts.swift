/// The facts of a check that a condition may read.
struct CheckFacts {
    /// The value of `$principal.id`.
    var principal: String
    /// The value of `$principal.type`.
    var principalType: String
    /// The value of `$principal.issuer`; `nil` if it is missing.
    var principalIssuer: String?
    /// The value of `$principal.organization`; `nil` if it is missing.
    var organization: String?
    /// The value of `$principal.roles`: the names of the effective roles of this check, each once.
    var roles: [String]
    /// The value of `$principal.attributes`.
    var principalAttributes: JSONValue
    /// The value of `$principal.claims`.
    var principalClaims: JSONValue
    /// The value of `$resource`.
    var resource: Resource?
    /// The value of `$action.name`: the permission of the check.
    var permission: String
    /// The value of `$action`, without its name.
    var action: JSONValue
    /// The value of `$context`.
    var context: JSONValue
}

extension CheckFacts {
    /// Makes the facts of a check.
    ///
    /// - Parameter roles: The names of the effective roles of the check, each once.
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
