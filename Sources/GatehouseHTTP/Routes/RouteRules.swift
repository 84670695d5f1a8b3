/// Rules for requests, by path and method. The first rule that matches a request decides. A request without a matching rule is refused.
///
/// ```swift
/// let rules = try RouteRules(
///     RouteRule("/public/**", requires: .public),
///     RouteRule("/api/invoices/**", methods: [.get], requires: .permission("org:invoices:read")),
///     RouteRule("/orgs/{org}/admin/**", requires: .organization(inPath: "org"), .role("org:admin"))
/// )
/// ```
///
/// Case matters, a trailing slash makes another path, and the query is ignored. Rules do not route requests: a ``RouteGuard`` judges a
/// request by the rules before the server does anything else with the request.
public struct RouteRules: Sendable {
    /// The rules, in the order in which they are tried.
    public let rules: [RouteRule]

    /// Makes rules from a list.
    public init(_ rules: [RouteRule]) {
        self.rules = rules
    }

    /// Makes rules.
    public init(_ rules: RouteRule...) {
        self.init(rules)
    }

    /// Returns the rule that matches a request; `nil` if there is none, so that the request is refused.
    ///
    /// - Parameters:
    ///   - method: The method of the request.
    ///   - path: The path of the request.
    ///   - reading: The way in which the server's router reads paths.
    /// - Throws: ``RequestPathError`` with the code ``RequestPathError/Code/otherRule`` if that router could take the path for a path that
    ///   an earlier rule matches.
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
