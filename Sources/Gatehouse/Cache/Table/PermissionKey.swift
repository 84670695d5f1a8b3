/// The key of a look-up: an issuer, an organization and a user, as separate fields and by bytes. `"a:b"` with `"c"` differs from `"a"` with
/// `"b:c"`, and a missing organization differs from the empty organization.
///
/// A packed key lives no longer than its scope, and any other key only inside ``PermissionScope/withKey(organization:user:_:)``, since it
/// borrows the bytes of the caller's strings. A look-up thus counts no references.
struct PermissionKey {
    /// The scope's, and not retained.
    let issuer: Unmanaged<Issuer>
    let organization: BorrowedBytes
    let user: BorrowedBytes
    /// The keyed hash of issuer and user, the same in every organization.
    let userHash: UInt64
    /// The keyed hash of the three.
    let hash: UInt64
}

/// The keys of one issuer, whose hash is computed once.
struct PermissionScope: Sendable {
    let issuer: Issuer
    private let userSeed: UInt64
    private let organizationSeed: UInt64

    init(issuer: String, seed: UInt64) {
        self.issuer = Issuer(issuer)
        userSeed = issuer.withUTF8Bytes { ByteHash(seed: seed).hash($0) }
        organizationSeed = issuer.withUTF8Bytes { ByteHash(seed: ~seed).hash($0) }
    }

    /// Returns the key of a user in an organization (`nil` for none), if both ids are short, so that the key borrows no bytes; `nil`
    /// otherwise.
    @inline(__always)
    func packedKey(organization: String?, user: String) -> PermissionKey? {
        guard let user = PackedBytes(user),
            let organization = organization.map({ PackedBytes($0) }) ?? PackedBytes.absent
        else { return nil }
        return key(
            BorrowedBytes(organization),
            BorrowedBytes(user),
            organization.hash(seed: organizationSeed),
            user.hash(seed: userSeed)
        )
    }

    /// Calls `body` with the key of a user in an organization (`nil` for none).
    func withKey<Result>(organization: String?, user: String, _ body: (PermissionKey) -> Result) -> Result {
        withExtendedLifetime(issuer) {
            if let key = packedKey(organization: organization, user: user) { return body(key) }
            return user.withBorrowedBytes { user in
                guard let organization else { return body(key(.absent, user)) }
                return organization.withBorrowedBytes { body(key($0, user)) }
            }
        }
    }

    private func key(_ organization: BorrowedBytes, _ user: BorrowedBytes) -> PermissionKey {
        key(organization, user, organization.hash(seed: organizationSeed), user.hash(seed: userSeed))
    }

    @inline(__always)
    private func key(
        _ organization: BorrowedBytes,
        _ user: BorrowedBytes,
        _ organizationHash: UInt64,
        _ userHash: UInt64
    ) -> PermissionKey {
        PermissionKey(
            issuer: .passUnretained(issuer),
            organization: organization,
            user: user,
            userHash: userHash,
            hash: userHash ^ organizationHash
        )
    }
}
