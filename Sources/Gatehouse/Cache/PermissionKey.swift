/// Whose permissions: an issuer, an organization and a user, as fields and by bytes. `"a:b"` with `"c"` is not `"a"`
/// with `"b:c"`, and no organization is not the empty organization.
struct PermissionKey: Sendable {
    let issuer: String
    let organization: String?
    let user: String
    /// The keyed hash of the three.
    let hash: UInt64

    func isFor(_ other: PermissionKey) -> Bool {
        guard hash == other.hash, user.hasSameBytes(as: other.user) else { return false }
        switch (organization, other.organization) {
        case (nil, nil): break
        case (let mine?, let theirs?): guard mine.hasSameBytes(as: theirs) else { return false }
        default: return false
        }
        return issuer.hasSameBytes(as: other.issuer)
    }
}

/// Makes the keys of one issuer, whose hash is taken once.
struct PermissionKeys: Sendable {
    private let issuer: String
    private let forUser: ByteHash
    private let withoutOrganization: UInt64

    init(issuer: String, hash: ByteHash) {
        self.issuer = issuer
        forUser = hash.continuing(from: issuer.withUTF8Bytes { hash.hash($0) })
        withoutOrganization = hash.hash(UnsafeBufferPointer(start: nil, count: 0))
    }

    @inline(__always)
    func key(organization: String?, user: String) -> PermissionKey {
        let userHash = user.withUTF8Bytes { forUser.hash($0) }
        let hash =
            if let organization {
                organization.withUTF8Bytes { forUser.continuing(from: userHash).hash($0) }
            } else {
                userHash ^ withoutOrganization
            }
        return PermissionKey(issuer: issuer, organization: organization, user: user, hash: hash)
    }
}
