/// Reads from the directory which organizations demand a second factor: those whose public metadata has `mfa_required`.
public struct DirectorySecondFactor<Store: RecordStore>: SecondFactorSource {
    private let store: Store
    private let issuer: String

    /// Makes a source over a store.
    ///
    /// - Parameters:
    ///   - store: The store that holds the directory.
    ///   - issuer: Whose organizations these are.
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
