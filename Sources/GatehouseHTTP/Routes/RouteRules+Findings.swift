extension RouteRules {
    /// Everything that keeps requests out whoever asks, under the policy in force. Call it when the server starts, or in a test.
    public func findings(by authorizer: Authorizer) -> [RouteFinding] {
        rules.flatMap { rule in
            authorizer.findings(
                on: rule.requirement,
                route: rule.description,
                placeholders: rule.template.placeholders
            )
        }
    }
}
