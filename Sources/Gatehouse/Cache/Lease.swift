import Synchronization

/// Tells a resolved principal how long its entry holds: it ends when the entry does.
final class Lease: Sendable {
    /// In nanoseconds, when its time is over; 0 once it has ended.
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

    /// A lease that ended before it began.
    static let ended: Lease = {
        let never = Validity(expires: MonotonicInstant(nanoseconds: 0), epoch: 0, isProvisional: false)
        return Lease(never, OrganizationCell(issuer: Issuer(""), organization: nil))
    }()

    func end() { expires.store(0, ordering: .releasing) }
}
