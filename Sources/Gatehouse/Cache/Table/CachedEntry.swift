import Synchronization

/// One remembered member, as far as a hit looks at it: one cache line. It is never copied: it lies in its table, or is on its way out.
///
/// It owns two objects that many entries share, and gives them to look at without counting a reference: threads that count
/// references to the same object wait for each other.
struct CachedEntry: ~Copyable, Sendable {
    private static let readBit: UInt64 = 1
    private static let provisionalBit: UInt64 = 2
    private let expires: MonotonicInstant
    /// The epoch, and in the low bits whether it is provisional, and whether it was read since the hand of its table passed.
    private let state: Atomic<UInt64>
    // Retained by the initializer, released by `deinit`; `nil` only in a free slot, of which nobody asks more than that.
    private let ownedOrganization: Unmanaged<OrganizationCell>?
    private var ownedRoles: Unmanaged<ResolvedRoles>?
    private let user: CompactBytes

    init(_ key: PermissionKey, _ organization: OrganizationCell, _ roles: ResolvedRoles, _ validity: Validity) {
        expires = validity.expires
        // No count of invalidations reaches the two bits that are lost.
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

    /// True if it is a free slot.
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

    /// Says that it was read. Several threads may say so at once: they write the same.
    @inline(__always)
    func markRead() {
        let state = state.load(ordering: .relaxed)
        if state & Self.readBit == 0 { self.state.store(state | Self.readBit, ordering: .relaxed) }
    }

    /// Forgets that it was read.
    ///
    /// - Precondition: Nobody reads it meanwhile.
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

    /// Calls `body` with what the load gave, which it must not keep.
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

    /// Returns true if it is this user's, at whatever issuer.
    @inline(__always)
    func belongs(to user: BorrowedBytes) -> Bool { self.user.isSame(as: user) }

    @inline(__always)
    func isUsable(_ moment: CacheMoment) -> Bool {
        validity.isUsable(moment, goodSince: withOrganization { $0.goodSince.load(ordering: .acquiring) })
    }
}
