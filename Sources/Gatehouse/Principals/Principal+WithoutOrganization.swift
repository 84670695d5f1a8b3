extension Principal {
    /// The principal as its token would name it had it been issued outside of the organization.
    ///
    /// Roles and permissions go, and every feature and plan but those that the credential marks as the user's (`u:`, `uo:`). So do
    /// the attributes, of which nobody knows which the organization gave: conditions about them are undecided. What restricts stays.
    var withoutOrganization: Principal {
        var principal = self
        func own(_ name: String) -> String? {
            guard let scope = ["u:", "uo:", "ou:"].first(where: { name.utf8.starts(with: $0.utf8) }) else { return nil }
            return "u:" + String(Substring(name.utf8.dropFirst(scope.utf8.count)))
        }
        principal.organization = nil
        principal.roles = []
        principal.permissions = []
        principal.features = features.compactMap(own)
        principal.plans = plans.compactMap(own)
        principal.hasWithheldAttributes = hasWithheldAttributes || attributes != [:]
        principal.attributes = [:]
        return principal
    }
}
