/// The objects of an entry that was removed from its table. They are released outside the lock.
struct RemovedEntry: Sendable {
    let organization: OrganizationCell
    /// The roles, which are kept until here, since the last owner frees them.
    let roles: ResolvedRoles
}
