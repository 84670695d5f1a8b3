extension SecondFactorDemands {
    /// The proof that is demanded.
    static let reverification = Reverification(.secondFactorStrict, afterMinutes: nil)

    /// Allows a principal that meets the demand of its organization.
    func outcome(for principal: Principal?) async -> Requirement.Outcome {
        guard let principal, principal.kind == .user, let organization = principal.organization?.id,
            issuer.map({ $0.hasSameBytes(as: principal.issuer) }) != false
        else { return .allowed }
        let strict = Self.reverification
        if principal.tokenKind == .session, principal.factorAges.map(strict.isMet) == true { return .allowed }
        switch await answer(for: ByteText(organization)) {
        case .demanded(false): return .allowed
        case .demanded(true):
            return .refused(
                "\(principal) has proved no second factor, and the organization demands one",
                reverification: principal.tokenKind == .session ? strict : nil
            )
        case .failed(let reason, let retryAfter): return .unavailable(reason, retryAfter: retryAfter)
        }
    }
}
