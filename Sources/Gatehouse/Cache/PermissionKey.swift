/// Whose permissions, while they are looked up: an issuer, an organization and a user, as fields and by bytes.
/// `"a:b"` with `"c"` is not `"a"` with `"b:c"`, and no organization is not the empty organization.
///
/// It borrows the bytes of the caller's strings and lives only inside ``PermissionScope/withKey(organization:user:_:)``,
/// so that a look-up neither copies nor counts references.
struct PermissionKey {
    fileprivate let issuer: UnsafeBufferPointer<UInt8>
    fileprivate let organization: UnsafeBufferPointer<UInt8>?
    fileprivate let user: UnsafeBufferPointer<UInt8>
    /// The keyed hash of the three.
    let hash: UInt64
}

/// The keys of one issuer, whose hash is taken once.
struct PermissionScope: Sendable {
    private let issuer: String
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
                guard let organization else {
                    return body(PermissionKey(issuer: issuer, organization: nil, user: user, hash: ~userHash))
                }
                return organization.withUTF8Bytes { organization in
                    body(
                        PermissionKey(
                            issuer: issuer,
                            organization: organization,
                            user: user,
                            hash: hash.continuing(from: userHash).hash(organization)
                        )
                    )
                }
            }
        }
    }
}

/// A key that is kept: its three parts in a row.
struct StoredKey: Sendable {
    let hash: UInt64
    private let bytes: [UInt8]
    private let userCount: Int
    /// Nil: no organization.
    private let organizationCount: Int?

    init(_ key: PermissionKey) {
        hash = key.hash
        userCount = key.user.count
        organizationCount = key.organization?.count
        bytes = Array(key.user) + (key.organization.map { Array($0) } ?? []) + Array(key.issuer)
    }

    @inline(__always)
    func isSame(as key: PermissionKey) -> Bool {
        guard hash == key.hash, userCount == key.user.count, organizationCount == key.organization?.count else {
            return false
        }
        return bytes.withUnsafeBufferPointer { bytes in
            let organizationEnd = userCount + (organizationCount ?? 0)
            func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[range]) }
            guard part(0..<userCount).hasSameBytes(as: key.user) else { return false }
            if let organization = key.organization {
                guard part(userCount..<organizationEnd).hasSameBytes(as: organization) else { return false }
            }
            return part(organizationEnd..<bytes.count).hasSameBytes(as: key.issuer)
        }
    }
}
