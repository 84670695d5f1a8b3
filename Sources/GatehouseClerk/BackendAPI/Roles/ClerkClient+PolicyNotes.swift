public import Gatehouse

extension ClerkClient {
    /// Returns notes about a policy, as sentences, on conditions that read a key of public metadata which a customer's identity provider
    /// writes. By such a condition that customer decides, in every organization of the user (Clerk, “Custom attribute mapping”).
    ///
    /// The names of a path are compared with the keys. A token's template that gives a key another name hides the key.
    public func notes(about policy: Policy) async throws(ClerkError) -> [String] {
        let uses = policy.usesOfPrincipalAttributes()
        if uses.isEmpty { return [] }
        let written = try await claimsWrittenByIdentityProviders()
        return uses.compactMap { use in
            guard let key = use.names.first(where: { written.contains(ByteText($0)) }) else { return nil }
            return
                "the rule “\(use.rule.printable)” asks for \(use.path.printable) (\(use.location)), and an identity provider of a"
                + " customer writes “\(key.printable)”: it must not decide for other customers"
        }
    }
}
