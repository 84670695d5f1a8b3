/// The organizations that demand a second factor, by the Backend API: those whose public metadata has `mfa_required`
/// (``ClerkClient/requireMFA(_:organization:)``).
extension ClerkOrganizations: SecondFactorSource {
    public func demandsSecondFactor(in organization: String) async throws -> Bool {
        do throws(ClerkError) {
            return try await get(organization).publicMetadata.demandsSecondFactor
        } catch {
            guard error.code != .notFound else { return false }
            throw MembershipSourceError(error.description, retryAfter: error.retryAfter)
        }
    }
}
