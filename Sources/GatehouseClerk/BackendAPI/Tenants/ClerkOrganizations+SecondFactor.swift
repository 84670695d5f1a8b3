/// The organizations that demand a second factor, by the Backend API: those whose public metadata has `mfa_required`
/// (``ClerkClient/requireMFA(_:organization:)``).
extension ClerkOrganizations: SecondFactorSource {
    public func demandsSecondFactor(in organization: String) async throws -> Bool {
        do throws(ClerkError) {
            let found = try await get(organization)
            // The API accepts the slug of an organization in place of its id.
            return found.id.hasSameBytes(as: organization) && found.publicMetadata.demandsSecondFactor
        } catch {
            guard error.code != .notFound else { return false }
            throw MembershipSourceError(error.description, retryAfter: error.retryAfter)
        }
    }
}
