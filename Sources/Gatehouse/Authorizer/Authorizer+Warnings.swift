extension Authorizer {
    /// The warnings: a sentence for each part of the current policy that cannot have its apparent meaning with these settings. Log them at
    /// the start of a server. Each call reads all assignments of the policy.
    public var warnings: [String] { Self.warnings(of: engine, issuer: issuer) }

    static func warnings(of engine: PolicyEngine, issuer: String?) -> [String] {
        let unbound = engine.policy.assignments.lazy.filter { $0.issuer == nil }.count
        guard issuer == nil, unbound > 0 else { return [] }
        return [
            "\(unbound) of the policy's assignments name no issuer, and the authorizer was told none: they hold for nobody whose "
                + "credential has an issuer. Give the authorizer its `issuer`, which is “” where principals have none."
        ]
    }
}
