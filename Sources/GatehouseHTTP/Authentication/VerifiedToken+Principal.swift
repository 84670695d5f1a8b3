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
    /// Returns the principal that an authenticator has already read from the token; `nil` if it has read none, or only a large principal.
    package func principal(knownTo owner: AuthenticatorIdentity) -> Principal? {
        findings?.value(of: owner, as: ReadPrincipal.self)?.principal
    }

    /// Returns the principal that an authenticator reads from the token. For a remembered token, that is the earlier principal with its
    /// resolved rights.
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

/// An identity by which the copies of one authenticator recognize the principals that they have read.
package final class AuthenticatorIdentity: Sendable {
    package init() {}
}

extension Principal {
    /// Returns true if the principal, with its resolved rights, takes at most about this many bytes of memory.
    fileprivate func fits(in byteCount: Int) -> Bool {
        var allowance = ByteAllowance(byteCount)
        allowance.take(640)  // for the instances
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
            allowance.take(role.role)  // again, for the resolved role
        }
        for value in [attributes, claims, actor ?? .null] { allowance.take(value) }
        return allowance.isKept
    }
}
