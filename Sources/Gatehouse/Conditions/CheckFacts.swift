/// What a condition may ask about one check.
struct CheckFacts {
    /// `$principal.id`
    var principal: String
    /// `$principal.organization`; nil: missing.
    var organization: String?
    /// `$principal.roles`: the names of the roles held for this check, each once.
    var roles: [String]
    /// `$principal.attributes`; nil: nobody knows what they are, nor which there are.
    var principalAttributes: JSONValue?
    /// `$resource`
    var resource: Resource?
    /// `$action.name`: the permission that is checked.
    var permission: String
    /// `$action`, but for its name.
    var action: JSONValue
    /// `$context`
    var context: JSONValue
}

extension Principal {
    /// What conditions may go by.
    var knownAttributes: JSONValue? { hasWithheldAttributes ? Optional.none : attributes }  // nil would be JSON's null
}
