import GatehouseBase
import GatehouseTokens

/// A principal that was read from a token.
private final class ReadPrincipal: Sendable {
    let principal: Principal

    init(_ principal: Principal) {
        self.principal = principal
    }
}

extension VerifiedToken {
    /// Returns the principal that an authenticator read from the token before; `nil` if it has read none, or a large one.
    package func principal(knownTo owner: AuthenticatorIdentity) -> Principal? {
        findings?.value(of: owner, as: ReadPrincipal.self)?.principal
    }

    /// Returns the principal that an authenticator reads from the token: the one that it read before, where the token is remembered, with
    /// what its rights came to.
    ///
    /// - Parameter owner: The identity of the authenticator that reads.
    package func principal(
        readBy owner: AuthenticatorIdentity,
        _ read: () throws(TokenError) -> Principal
    ) throws(TokenError) -> Principal {
        if let known = principal(knownTo: owner) { return known }
        let principal = try read()
        if let findings, principal.fits(in: TokenFindings.maximumByteCount) {
            findings.keep(ReadPrincipal(principal), of: owner)
        }
        return principal
    }
}

/// A mark by which the copies of one authenticator know the principals that they read.
package final class AuthenticatorIdentity: Sendable {
    package init() {}
}

extension Principal {
    /// Returns true if the principal, with its resolved rights, takes about this many bytes of memory at most.
    fileprivate func fits(in byteCount: Int) -> Bool {
        var allowance = ByteAllowance(byteCount)
        allowance.take(640)  // the instances
        for organization in organizations where allowance.isKept {
            allowance.take(organization.id)
            if let slug = organization.slug { allowance.take(slug) }
        }
        for text in [id, issuer, organization?.id, organization?.slug, session?.id, session?.status, clientID] {
            if let text { allowance.take(text) }
        }
        for texts in [permissions, features, plans, scopes, activeRoles ?? []] {
            for text in texts where allowance.isKept { allowance.take(text) }
        }
        for role in roles where allowance.isKept {
            allowance.take(role.role)
            allowance.take(role.role)  // once more, as a role that was resolved
        }
        for value in [attributes, claims, actor ?? .null] { allowance.take(value) }
        return allowance.isKept
    }
}
