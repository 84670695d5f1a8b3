extension PolicyEngine {
    /// Answers one question with every reason, as <doc:Semantics> says. Nothing remembered takes part in it.
    ///
    /// - Parameters:
    ///   - check: The question, with its time.
    ///   - ownIssuer: The issuer whose principals the policy's assignments without an issuer are about, as an ``Authorizer`` knows by
    ///     its own; `nil` for nobody who has an issuer. Then a principal without an issuer, and without a type of its own, has the
    ///     assignments to its id whatever type and issuer they name.
    public func decide(_ check: AccessCheck, ownIssuer: String? = nil) -> Decision {
        decide(
            check,
            holding: effectiveRoles(
                of: check.principal,
                ownIssuer: ownIssuer,
                on: check.resource?.resourceID,
                at: check.time
            )
        )
    }

    /// Answers with roles that were found before, without the roles of the principal itself.
    func decide(_ check: AccessCheck, holding held: EffectiveRoles) -> Decision {
        guard check.principal.covers(check.permission) else { return deny([.scope]) }
        let all = Inheritance(from: held.defined, roles)
        let violated = violatedConstraints(all.reached)
        guard violated.isEmpty else { return deny(violated.map { .constraint(id: $0.id) }) }
        let evidence = Evidence(of: check, held, self)
        let allowing: Inheritance
        switch policy.combining {
        case .denyOverrides:
            allowing = all
        case .anyCleanRole:
            // Without roles, a principal counts as one role that has only the rules for everyone.
            let groups = held.ids.isEmpty ? [nil] : held.ids
            let stances = evidence.stances(among: all)
            let clean = groups.filter { stances.stance(of: $0).possibility == .always }
            guard clean.isEmpty else {
                return allow(evidence.reasons(.allow, Inheritance(from: clean.compactMap(\.self), roles)))
            }
            return deny(evidence.reasons(.deny, all))
        }
        let denials = evidence.reasons(.deny, allowing)
        guard denials.isEmpty else { return deny(denials) }
        let grants = evidence.reasons(.allow, allowing)
        return grants.isEmpty ? deny([]) : allow(grants)
    }

    /// Answers several questions, in their order.
    public func decide(_ checks: some Sequence<AccessCheck>) -> [Decision] {
        checks.map { decide($0) }
    }

    private func allow(_ reasons: [Decision.Reason]) -> Decision {
        Decision(isAllowed: true, reasons: reasons, revision: revision)
    }

    private func deny(_ reasons: [Decision.Reason]) -> Decision {
        Decision(isAllowed: false, reasons: reasons.isEmpty ? [.default] : reasons, revision: revision)
    }
}
