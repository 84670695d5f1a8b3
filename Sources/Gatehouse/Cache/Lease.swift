import Synchronization

/// The lease of a resolved principal, which ends together with the principal's entry in the cache.
final class Lease: Sendable {
    /// The instant of the end, in nanoseconds; 0 after the lease was ended.
    private let expires: Atomic<UInt64>
    private let epoch: UInt64
    private let isProvisional: Bool
    private let organization: OrganizationCell

    init(_ validity: Validity, _ organization: OrganizationCell) {
        expires = Atomic(validity.expires.nanoseconds)
        epoch = validity.epoch
        isProvisional = validity.isProvisional
        self.organization = organization
    }

    @inline(__always)
    func isUsable(_ moment: CacheMoment) -> Bool {
        Validity(
            expires: MonotonicInstant(nanoseconds: expires.load(ordering: .acquiring)),
            epoch: epoch,
            isProvisional: isProvisional
        ).isUsable(moment, goodSince: organization.goodSince.load(ordering: .acquiring))
    }

    /// A lease that has already ended.
    static let ended: Lease = {
        let never = Validity(expires: MonotonicInstant(nanoseconds: 0), epoch: 0, isProvisional: false)
        return Lease(never, OrganizationCell(issuer: Issuer(""), organization: nil))
    }()

    func end() { expires.store(0, ordering: .releasing) }
}
