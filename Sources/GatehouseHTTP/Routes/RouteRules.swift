/// Rules about requests, by path and method. The first rule that a request falls under decides; a request that falls under none is
/// refused.
///
/// ```swift
/// let rules = try RouteRules(
///     RouteRule("/public/**", requires: .public),
///     RouteRule("/api/invoices/**", methods: [.get], requires: .permission("org:invoices:read")),
///     RouteRule("/orgs/{org}/admin/**", requires: .organization(inPath: "org"), .role("org:admin"))
/// )
/// ```
///
/// Case matters, a trailing slash is another path, and the query is ignored. Rules say nothing about what runs: a ``RouteGuard`` judges a
/// request by them before a server does anything else with it.
public struct RouteRules: Sendable {
    /// The rules, in the order in which they are tried.
    public let rules: [RouteRule]

    /// Makes rules of a list.
    public init(_ rules: [RouteRule]) {
        self.rules = rules
    }

    /// Makes rules.
    public init(_ rules: RouteRule...) {
        self.init(rules)
    }

    /// Returns the rule that a request falls under; `nil` if there is none, so that the request is refused.
    ///
    /// - Parameters:
    ///   - method: The method of the request.
    ///   - path: The path of the request.
    ///   - reading: How the router of the server that asks reads paths.
    /// - Throws: ``RequestPathError`` with the code ``RequestPathError/Code/otherRule`` where that router could take the path for one that
    ///   falls under an earlier rule.
    public func match(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        readBy reading: HostReading = []
    ) throws(RequestPathError) -> RouteMatch? {
        for (index, rule) in rules.enumerated() {
            let matches = rule.template.matches(path)
            guard matches || rule.template.couldMatch(path, reading), rule.covers(method) else { continue }
            guard matches else { throw RequestPathError(.otherRule, at: 0) }
            return RouteMatch(rule: rule, index: index, parameters: rule.template.parameters(of: path))
        }
        return nil
    }

    /// Returns the rule for a path as it was sent.
    ///
    /// - Throws: ``RequestPathError`` for a path that two parsers could read differently.
    public func match(
        _ method: HTTPRequest.Method,
        _ path: String,
        readBy reading: HostReading = []
    ) throws(RequestPathError) -> RouteMatch? {
        try match(method, try RequestPath(path), readBy: reading)
    }
}
