import Synchronization

/// The bytes of one (issuer, organization), which all its entries share, and the epoch since which loads for it are good.
///
/// An entry refers to its cell, so that one store forgets a whole organization, whatever its size, and no reader waits.
final class OrganizationCell: Sendable {
    /// Loads that began before this epoch are no longer good.
    let goodSince = Atomic<UInt64>(0)
    // The bytes of `organization`, beside what every hit reads.
    private let organizationBytes: CompactBytes
    let issuer: Issuer
    let organization: String?

    init(issuer: Issuer, organization: String?) {
        self.issuer = issuer
        self.organization = organization
        organizationBytes = CompactBytes(organization)
    }

    @inline(__always)
    func isSame(as key: PermissionKey) -> Bool {
        organizationBytes.isSame(as: key.organization) && issuer.isSame(as: key.issuer)
    }
}
