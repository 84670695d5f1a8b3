extension Principal {
    /// The principal as its token would name it had it been issued outside of the organization.
    ///
    /// Roles and permissions go, and every feature and plan but those that the credential marks as the user's (`u:`, `uo:`). So do
    /// the attributes: nobody knows which of them the organization gave. What restricts stays.
    var withoutOrganization: Principal {
        var principal = self
        func isOwn(_ name: String) -> Bool { ["u:", "uo:", "ou:"].contains { name.utf8.starts(with: $0.utf8) } }
        principal.organization = nil
        principal.roles = []
        principal.permissions = []
        principal.features = features.filter(isOwn)
        principal.plans = plans.filter(isOwn)
        principal.attributes = [:]
        return principal
    }
}
