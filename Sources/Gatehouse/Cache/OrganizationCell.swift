import Synchronization

/// The bytes of an issuer and an organization, which all entries of the organization share, and the epoch from which on loads for it are
/// valid.
///
/// An entry refers to its cell, so that one store forgets a whole organization of any size, and no reader waits.
final class OrganizationCell: Sendable {
    /// The epoch before which loads are no longer valid.
    let goodSince = Atomic<UInt64>(0)
    // The bytes of `organization`, next to the fields that every hit reads.
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
