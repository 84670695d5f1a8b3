extension RouteRules {
    /// Returns the findings that keep requests out for everybody under the current policy, and the rules that match no request, since an
    /// earlier rule matches their requests. Call the method when the server starts, or in a test.
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
