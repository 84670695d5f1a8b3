/// A source that reads from the directory which organizations demand a second factor: those with `mfa_required` in their public metadata.
public struct DirectorySecondFactor<Store: RecordStore>: SecondFactorSource {
    private let store: Store
    private let issuer: String
    private let other: (any SecondFactorSource)?

    /// Makes a source over a store.
    ///
    /// - Parameters:
    ///   - store: The store of the directory.
    ///   - issuer: The issuer of the organizations.
    ///   - other: The source that is asked about organizations that the directory has never seen, such as those that were made before the
    ///     directory was; `nil` if such organizations demand nothing until a webhook or a resync brings them.
    public init(_ store: Store, issuer: String, otherwise other: (any SecondFactorSource)? = nil) {
        (self.store, self.issuer, self.other) = (store, issuer, other)
    }

    public func demandsSecondFactor(in organization: String) async throws -> Bool {
        let known: Bool?
        do {
            known = try await store.read { rows in
                try rows.organization(organization, issuer: issuer).map { entry in
                    entry.object?.publicMetadata.demandsSecondFactor ?? false
                }
            }
        } catch let error as RecordStoreError {
            throw MembershipSourceError(error.description, retryAfter: error.retryAfter)
        }
        if let known { return known }
        return try await other?.demandsSecondFactor(in: organization) ?? false
    }
}
