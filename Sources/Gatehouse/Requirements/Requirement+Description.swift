extension Requirement: CustomStringConvertible {
    /// The requirement in a few words, for logs, such as “the permission org:invoices:read”.
    public var description: String {
        switch self {
        case .public: "access for anybody"
        case .authenticated: "a principal"
        case .permission(let permission, let resource):
            "the permission \(permission)"
                + (resource.map { " on the \($0.type.printable) {\($0.parameter.printable)}" } ?? "")
        case .role(let role): "the role \(role.printable)"
        case .organization(let demand): "\(demand)"
        case .factor(let reverification): "\(reverification)"
        case .plan(let plan): "the plan \(plan.printable)"
        case .feature(let feature): "the feature \(feature.printable)"
        case .tokenKind(let kinds): "a credential of the kind \(kinds.map(\.rawValue).sorted().joined(separator: ", "))"
        case .allOf(let requirements): "all of (\(Self.list(requirements)))"
        case .anyOf(let requirements): "any of (\(Self.list(requirements)))"
        case .not(let requirement): "not \(requirement)"
        case .custom(let name, _): "“\(name.printable)”"
        }
    }

    private static func list(_ requirements: [Requirement]) -> String {
        requirements.map(\.description).joined(separator: ", ")
    }
}
