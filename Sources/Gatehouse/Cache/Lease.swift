import Synchronization

/// What a resolved principal keeps of its entry: it ends when the entry does.
final class Lease: Sendable {
    private let validity: Validity
    private let organization: OrganizationCell
    private let isEnded = Atomic(false)

    init(_ validity: Validity, _ organization: OrganizationCell) {
        self.validity = validity
        self.organization = organization
    }

    @inline(__always)
    func isUsable(_ moment: CacheMoment) -> Bool {
        !isEnded.load(ordering: .acquiring)
            && validity.isUsable(moment, goodSince: organization.goodSince.load(ordering: .acquiring))
    }

    /// One that ended before it began.
    static let ended: Lease = {
        let never = Validity(expires: MonotonicInstant(nanoseconds: 0), epoch: 0, isProvisional: false)
        return Lease(never, OrganizationCell(issuer: Issuer(""), organization: nil))
    }()

    func end() { isEnded.store(true, ordering: .releasing) }
}
