import Synchronization

/// What is remembered of one member. It is never copied: it lies in its table, or is on its way out.
///
/// It owns two objects that many entries share, and gives them to look at without counting a reference: threads that count
/// references to the same object wait for each other.
struct CachedEntry: ~Copyable, Sendable {
    let validity: Validity
    /// Whether it was read since the hand of its table passed. Several threads may say so at once.
    private let isRead = Atomic(false)
    /// The neighbours by age, -1 where there is none.
    var older: Int32 = -1
    var newer: Int32 = -1
    /// The keyed hash of the key.
    let hash: UInt64
    // Retained by the initializer, released by `deinit`.
    private let ownedOrganization: Unmanaged<OrganizationCell>
    private var ownedRoles: Unmanaged<ResolvedRoles>
    /// The state of the source that it came from; 0: the source does not count them.
    let revision: UInt64
    /// What resolved principals ask whether it still holds; nil: there are none.
    var lease: Lease?
    private let user: CompactBytes

    init(
        _ key: PermissionKey,
        _ organization: OrganizationCell,
        _ roles: ResolvedRoles,
        _ validity: Validity,
        revision: UInt64
    ) {
        self.validity = validity
        hash = key.hash
        ownedOrganization = .passRetained(organization)
        ownedRoles = .passRetained(roles)
        self.revision = revision
        user = CompactBytes(key.user)
    }

    deinit {
        ownedOrganization.release()
        ownedRoles.release()
    }

    var wasRead: Bool {
        @inline(__always) get { isRead.load(ordering: .relaxed) }
        @inline(__always) nonmutating set { isRead.store(newValue, ordering: .relaxed) }
    }

    var organization: OrganizationCell { ownedOrganization.takeUnretainedValue() }

    /// What the load gave.
    var roles: ResolvedRoles {
        get { ownedRoles.takeUnretainedValue() }
        set {
            let old = ownedRoles
            ownedRoles = .passRetained(newValue)
            old.release()
        }
    }

    /// Calls `body` with what the load gave, which it must not keep.
    @inline(__always)
    func withRoles<Result>(_ body: (ResolvedRoles) -> Result) -> Result { ownedRoles._withUnsafeGuaranteedRef(body) }

    @inline(__always)
    func isSame(as key: PermissionKey) -> Bool {
        hash == key.hash && isOf(key.user) && ownedOrganization._withUnsafeGuaranteedRef { $0.isSame(as: key) }
    }

    /// Whether it is this user's, at whatever issuer.
    @inline(__always)
    func isOf(_ user: UnsafeBufferPointer<UInt8>) -> Bool { self.user.isSame(as: user) }

    @inline(__always)
    func isUsable(_ moment: CacheMoment) -> Bool {
        ownedOrganization._withUnsafeGuaranteedRef { validity.isUsable(moment, $0) }
    }

    /// What has to be done for it once it is out of its table.
    var remains: Remains { Remains(organization: organization, roles: roles, lease: lease) }

    struct Remains: Sendable {
        let organization: OrganizationCell
        /// Kept so long, since whoever gives it up last frees it.
        let roles: ResolvedRoles
        let lease: Lease?
    }
}
