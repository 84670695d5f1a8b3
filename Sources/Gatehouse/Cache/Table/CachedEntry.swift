import Synchronization

/// The part of a remembered member that a hit reads: one cache line. An entry is never copied: it is in its table, or on its way out.
///
/// An entry owns two objects that many entries share, and lends them without counting references, since threads that count references to
/// one object wait for each other.
struct CachedEntry: ~Copyable, Sendable {
    private static let readBit: UInt64 = 1
    private static let provisionalBit: UInt64 = 2
    private let expires: MonotonicInstant
    /// The epoch, and in the low bits two flags: the entry is provisional, and the entry was read since the hand of its table passed.
    private let state: Atomic<UInt64>
    // Retained by the initializer and released by `deinit`; `nil` only in a free slot, which no caller reads further.
    private let ownedOrganization: Unmanaged<OrganizationCell>?
    private var ownedRoles: Unmanaged<ResolvedRoles>?
    private let user: CompactBytes

    init(_ key: PermissionKey, _ organization: OrganizationCell, _ roles: ResolvedRoles, _ validity: Validity) {
        expires = validity.expires
        // No number of invalidations reaches the two bits that are lost.
        state = Atomic(validity.epoch << 2 | (validity.isProvisional ? Self.provisionalBit : 0))
        ownedOrganization = .passRetained(organization)
        ownedRoles = .passRetained(roles)
        user = CompactBytes(key.user)
    }

    /// Makes a free slot.
    init() {
        expires = MonotonicInstant(nanoseconds: 0)
        state = Atomic(0)
        (ownedOrganization, ownedRoles) = (nil, nil)
        user = CompactBytes(BorrowedBytes.absent)
    }

    deinit {
        ownedOrganization?.release()
        ownedRoles?.release()
    }

    /// True if the slot is free.
    @inline(__always)
    var isFree: Bool { ownedOrganization == nil }

    var validity: Validity {
        @inline(__always) get {
            let state = state.load(ordering: .relaxed)
            return Validity(expires: expires, epoch: state >> 2, isProvisional: state & Self.provisionalBit != 0)
        }
    }

    var wasRead: Bool {
        @inline(__always) get { state.load(ordering: .relaxed) & Self.readBit != 0 }
    }

    /// Marks the entry as read. Several threads may do so at once, since they write equal values.
    @inline(__always)
    func markRead() {
        let state = state.load(ordering: .relaxed)
        if state & Self.readBit == 0 { self.state.store(state | Self.readBit, ordering: .relaxed) }
    }

    /// Clears the mark that the entry was read.
    ///
    /// - Precondition: No thread reads the entry meanwhile.
    func clearRead() { state.bitwiseAnd(~Self.readBit, ordering: .relaxed) }

    var organization: OrganizationCell { ownedOrganization.unsafelyUnwrapped.takeUnretainedValue() }

    /// The roles that the load gave.
    var roles: ResolvedRoles {
        get { ownedRoles.unsafelyUnwrapped.takeUnretainedValue() }
        set {
            let old = ownedRoles
            ownedRoles = .passRetained(newValue)
            old?.release()
        }
    }

    /// Calls `body` with the result of the load, which `body` must not keep.
    @inline(__always)
    func withRoles<Result>(_ body: (ResolvedRoles) -> Result) -> Result {
        ownedRoles.unsafelyUnwrapped._withUnsafeGuaranteedRef(body)
    }

    @inline(__always)
    private func withOrganization<Result>(_ body: (OrganizationCell) -> Result) -> Result {
        ownedOrganization.unsafelyUnwrapped._withUnsafeGuaranteedRef(body)
    }

    @inline(__always)
    func isSame(as key: PermissionKey) -> Bool {
        belongs(to: key.user) && withOrganization { $0.isSame(as: key) }
    }

    /// Returns true if the entry belongs to this user, of any issuer.
    @inline(__always)
    func belongs(to user: BorrowedBytes) -> Bool { self.user.isSame(as: user) }

    @inline(__always)
    func isUsable(_ moment: CacheMoment) -> Bool {
        validity.isUsable(moment, goodSince: withOrganization { $0.goodSince.load(ordering: .acquiring) })
    }
}
