import GatehouseBase

/// A rule for some requests, with the requirement that they must meet.
public struct RouteRule: Sendable, CustomStringConvertible {
    /// The template of the rule's paths.
    public let template: RouteTemplate
    /// The methods of the rule; empty for all methods. GET includes HEAD. Methods compare by their bytes.
    public let methods: Set<HTTPRequest.Method>
    /// The requirement; `Requirement.public` for a public route.
    public let requirement: Requirement

    /// Makes a rule.
    public init(_ template: RouteTemplate, methods: Set<HTTPRequest.Method> = [], requires requirement: Requirement) {
        (self.template, self.methods, self.requirement) = (template, methods, requirement)
    }

    /// Makes a rule that requires all of the given requirements.
    ///
    /// - Throws: ``RouteTemplateError`` for a text that is not a template.
    public init(
        _ template: String,
        methods: Set<HTTPRequest.Method> = [],
        requires first: Requirement,
        _ others: Requirement...
    ) throws(RouteTemplateError) {
        self.init(
            try RouteTemplate(template),
            methods: methods,
            requires: others.isEmpty ? first : .allOf([first] + others)
        )
    }

    /// The methods and the template, such as `GET /orgs/{org}`.
    public var description: String {
        let methods = methods.map(\.rawValue.printable).sorted().joined(separator: "|")
        return "\(methods.isEmpty ? "*" : methods) \(template)"
    }

    func covers(_ method: HTTPRequest.Method) -> Bool {
        methods.isEmpty || methods.contains(method) || (method == .head && methods.contains(.get))
    }
}
