/// The outcome of a load.
struct LoadedRoles: Sendable {
    let roles: ResolvedRoles
    /// The time for which it may be used at most, from now; `nil` if nothing that was loaded begins or ends to hold.
    let lifetime: Duration?
    /// The state of the source; `nil` if it does not count them.
    let revision: MembershipRevision?
}
