/// The objects of an entry that was taken out of its table, to be given back outside the lock.
struct RemovedEntry: Sendable {
    let organization: OrganizationCell
    /// Kept so long, since whoever gives it up last frees it.
    let roles: ResolvedRoles
}
