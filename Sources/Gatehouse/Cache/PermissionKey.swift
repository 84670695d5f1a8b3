/// Whose permissions, while they are looked up: an issuer, an organization and a user, as fields and by bytes.
/// `"a:b"` with `"c"` is not `"a"` with `"b:c"`, and no organization is not the empty organization.
///
/// It borrows the bytes of the caller's strings and lives only inside ``PermissionScope/withKey(organization:user:_:)``,
/// so that a look-up neither copies nor counts references.
struct PermissionKey {
    let issuer: UnsafeBufferPointer<UInt8>
    let organization: UnsafeBufferPointer<UInt8>?
    let user: UnsafeBufferPointer<UInt8>
    /// The keyed hash of issuer and user, the same in every organization.
    let userHash: UInt64
    /// The keyed hash of the three.
    let hash: UInt64
}

/// The keys of one issuer, whose hash is taken once.
struct PermissionScope: Sendable {
    let issuer: String
    private let hash: ByteHash

    init(issuer: String, hash: ByteHash) {
        self.issuer = issuer
        self.hash = hash.continuing(from: issuer.withUTF8Bytes { hash.hash($0) })
    }

    /// Calls `body` with the key of a user in an organization (nil: in none).
    @inline(__always)
    func withKey<Result>(organization: String?, user: String, _ body: (PermissionKey) -> Result) -> Result {
        issuer.withUTF8Bytes { issuer in
            user.withUTF8Bytes { user in
                let userHash = hash.hash(user)
                func key(_ organization: UnsafeBufferPointer<UInt8>?, _ hash: UInt64) -> PermissionKey {
                    PermissionKey(
                        issuer: issuer,
                        organization: organization,
                        user: user,
                        userHash: userHash,
                        hash: hash
                    )
                }
                guard let organization else { return body(key(nil, ~userHash)) }
                return organization.withUTF8Bytes { bytes in
                    body(key(bytes, hash.continuing(from: userHash).hash(bytes)))
                }
            }
        }
    }
}
