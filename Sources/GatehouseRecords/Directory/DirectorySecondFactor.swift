/// A source that reads from the directory which organizations demand a second factor: those with `mfa_required` in their public metadata.
public struct DirectorySecondFactor<Store: RecordStore>: SecondFactorSource {
    private let store: Store
    private let issuer: String

    /// Makes a source over a store.
    ///
    /// - Parameters:
    ///   - store: The store of the directory.
    ///   - issuer: The issuer of the organizations.
    public init(_ store: Store, issuer: String) {
        (self.store, self.issuer) = (store, issuer)
    }

    public func demandsSecondFactor(in organization: String) async throws -> Bool {
        do {
            return try await store.read { rows in
                try rows.organization(organization, issuer: issuer)?.object?.publicMetadata.demandsSecondFactor ?? false
            }
        } catch let error as RecordStoreError {
            throw MembershipSourceError(error.description, retryAfter: error.retryAfter)
        }
    }
}
