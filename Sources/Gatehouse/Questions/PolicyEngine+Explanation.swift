extension PolicyEngine {
    /// Answers a question with every reason and with the changes that might have led to another decision. The answer never comes from a
    /// cache.
    ///
    /// - Parameters:
    ///   - check: The question, with its time.
    ///   - ownIssuer: The issuer whose principals the policy's assignments without an issuer are about, as for ``decide(_:ownIssuer:)``.
    public func explain(_ check: AccessCheck, ownIssuer: String? = nil) -> Explanation {
        let decision = decide(check, ownIssuer: ownIssuer)
        guard !decision.isAllowed, !decision.reasons.contains(where: \.isFinal) else {
            return Explanation(decision: decision, nearMisses: [])
        }
        let held = effectiveRoles(
            of: check.principal,
            ownIssuer: ownIssuer,
            on: check.resource?.resourceID,
            at: check.time
        )
        let evidence = Evidence(of: check, held, self)
        return Explanation(
            decision: decision,
            nearMisses: missingRoles(check, ownIssuer, held, evidence)
                + denials(held, evidence)
                + evidence.undecided(Inheritance(from: held.defined, roles))
        )
    }

    /// Returns the roles with which the check would be allowed.
    private func missingRoles(
        _ check: AccessCheck,
        _ ownIssuer: String?,
        _ held: EffectiveRoles,
        _ evidence: Evidence
    ) -> [Explanation.NearMiss] {
        let stances = evidence.prospectiveStances
        let sum = stances.sum(held.ids)
        let holding = Set(held.defined)
        // In a session, a new role may activate roles that it inherits. One of these may be clean although the new role is not.
        let mayActivateOthers =
            policy.combining == .anyCleanRole
            && check.principal.activeRoles?.contains { roleNames.id(of: $0).map { !holding.contains($0) } == true }
                == true
        let isForbidden = areForbidden(
            roles.indices.map { [$0, roles.count] },
            of: roles.indices.map { [$0] } + [held.defined]
        )
        return roles.indices.compactMap { role in
            guard !holding.contains(role), !isForbidden[role] else { return nil }
            let name = policy.roles[role].name
            let possibility = stances.possibility(of: sum.union(stances.sum([role])))
            if possibility == .conditional || mayActivateOthers {
                return decide(check.adding(RoleAssignment(name)), ownIssuer: ownIssuer).isAllowed ? .role(name) : nil
            }
            return possibility == .always ? .role(name) : nil
        }
    }

    /// Returns the denials of roles that would otherwise allow the check.
    private func denials(_ held: EffectiveRoles, _ evidence: Evidence) -> [Explanation.NearMiss] {
        let stances = evidence.stances(among: Inheritance(from: held.defined, roles))
        let roles = held.ids.isEmpty ? [nil] : held.ids
        let granting = roles.filter { stances.stance(of: $0).contains(.grants) }
        guard !granting.isEmpty else { return [] }
        let stopped = policy.combining == .denyOverrides ? held.defined : granting.compactMap(\.self)
        let misses = evidence.reasons(.deny, Inheritance(from: stopped, self.roles)).compactMap { reason in
            switch reason {
            case .deny(let role, _, _): Explanation.NearMiss.deny(role: role, rule: nil)
            case .rule(let id, _, _, let role, _): Explanation.NearMiss.deny(role: role, rule: id)
            case .grant, .constraint, .scope, .credential, .default: nil
            }
        }
        var seen: Set<Explanation.NearMiss> = []
        return misses.filter { seen.insert($0).inserted }
    }
}

extension Decision.Reason {
    /// True if neither a further role nor a denial less would change anything.
    fileprivate var isFinal: Bool {
        switch self {
        case .constraint, .scope: true
        case .grant, .deny, .rule, .credential, .default: false
        }
    }
}

extension AccessCheck {
    fileprivate func adding(_ role: RoleAssignment) -> AccessCheck {
        var check = self
        check.principal.roles.append(role)
        check.principal.activeRoles?.append(role.role)
        return check
    }
}
