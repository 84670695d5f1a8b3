/// The outcome of a load.
struct LoadedRoles: Sendable {
    let roles: ResolvedRoles
    /// The longest lifetime of the roles, from now; `nil` if no loaded role begins or ends.
    let lifetime: Duration?
    /// The state of the source; `nil` if the source does not count its states.
    let revision: MembershipRevision?
}
