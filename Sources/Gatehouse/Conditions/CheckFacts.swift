/// What a condition may ask about one check.
struct CheckFacts {
    /// `$principal.id`
    var principal: String
    /// `$principal.organization`; nil: missing.
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
