/// The outcome of a load.
struct LoadedRoles: Sendable {
    let roles: ResolvedRoles
    /// For how long it may be used at most, from now; nil: nothing that was loaded begins or ends to hold.
    let lifetime: Duration?
    /// The state of the source; nil where it does not count them.
    let revision: MembershipRevision?
}
