/// What is remembered of one member.
struct CachedEntry: Sendable {
    let validity: Validity
    var wasRead = false
    /// The neighbours by age, -1 where there is none.
    var older: Int32 = -1
    var newer: Int32 = -1
    /// The keyed hash of the key.
    let hash: UInt64
    let organization: OrganizationCell
    /// What the load gave, shared by all who hold the same.
    var roles: ResolvedRoles
    /// The state of the source that it came from; 0: the source does not count them.
    let revision: UInt64
    /// What resolved principals ask whether it still holds; nil: there are none.
    var lease: Lease?
    let user: CompactBytes

    init(
        _ key: PermissionKey,
        _ organization: OrganizationCell,
        _ roles: ResolvedRoles,
        _ validity: Validity,
        revision: UInt64
    ) {
        hash = key.hash
        user = CompactBytes(key.user)
        self.organization = organization
        self.roles = roles
        self.validity = validity
        self.revision = revision
    }

    @inline(__always)
    func isSame(as key: PermissionKey) -> Bool {
        hash == key.hash && user.isSame(as: key.user) && organization.isSame(as: key)
    }

    @inline(__always)
    func isUsable(_ moment: CacheMoment) -> Bool { validity.isUsable(moment, organization) }
}
