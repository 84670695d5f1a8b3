/// The rule that matches a request.
public struct RouteMatch: Sendable {
    /// The rule.
    public let rule: RouteRule
    /// The index of the rule among the rules, from 0.
    public let index: Int
    /// The values of the rule's placeholders after percent-decoding, in their order.
    public let parameters: [(name: String, value: String)]
}
