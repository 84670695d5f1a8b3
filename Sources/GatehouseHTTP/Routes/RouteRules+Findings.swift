extension RouteRules {
    /// Everything that keeps requests out whoever asks, under the policy in force, and rules that no request falls under, since one before
    /// them decides. Call it when the server starts, or in a test.
    public func findings(by authorizer: Authorizer) -> [RouteFinding] {
        rules.enumerated().flatMap { index, rule in
            let shadows = rules[..<index].first { $0.shadows(rule) }.map { earlier in
                RouteFinding(
                    .shadowedRule,
                    "every request falls under the rule \(earlier) before",
                    at: rule.description
                )
            }
            return authorizer.findings(
                on: rule.requirement,
                route: rule.description,
                placeholders: rule.template.placeholders
            ) + (shadows.map { [$0] } ?? [])
        }
    }
}
