import GatehouseBase

/// A rule about some requests, and the requirement that they must fulfil.
public struct RouteRule: Sendable, CustomStringConvertible {
    /// The paths that it is about.
    public let template: RouteTemplate
    /// The methods that it is about: all if empty. GET stands for HEAD as well. They compare by their bytes.
    public let methods: Set<HTTPRequest.Method>
    /// The requirement; `Requirement.public` if nothing is required.
    public let requirement: Requirement

    /// Makes a rule.
    public init(_ template: RouteTemplate, methods: Set<HTTPRequest.Method> = [], requires requirement: Requirement) {
        (self.template, self.methods, self.requirement) = (template, methods, requirement)
    }

    /// Makes a rule that requires all of this.
    ///
    /// - Throws: ``RouteTemplateError`` for a text that is no template.
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

    /// Methods and template, such as `GET /orgs/{org}`.
    public var description: String {
        let methods = methods.map(\.rawValue.printable).sorted().joined(separator: "|")
        return "\(methods.isEmpty ? "*" : methods) \(template)"
    }

    func covers(_ method: HTTPRequest.Method) -> Bool {
        methods.isEmpty || methods.contains(method) || (method == .head && methods.contains(.get))
    }
}
