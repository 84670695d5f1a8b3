/// The rule that a request falls under.
public struct RouteMatch: Sendable {
    /// The rule.
    public let rule: RouteRule
    /// The place of the rule among the others, from 0.
    public let index: Int
    /// The texts of the rule's placeholders, percent-decoded, in their order.
    public let parameters: [(name: String, value: String)]
}
