/// The builder of a policy that is written in Swift.
@resultBuilder
public enum PolicyBuilder {
    public static func buildExpression(_ part: any PolicyPart) -> [any PolicyPart] { [part] }
    public static func buildBlock(_ parts: [any PolicyPart]...) -> [any PolicyPart] { parts.flatMap { $0 } }
    public static func buildArray(_ parts: [[any PolicyPart]]) -> [any PolicyPart] { parts.flatMap { $0 } }
    public static func buildOptional(_ parts: [any PolicyPart]?) -> [any PolicyPart] { parts ?? [] }
    public static func buildEither(first parts: [any PolicyPart]) -> [any PolicyPart] { parts }
    public static func buildEither(second parts: [any PolicyPart]) -> [any PolicyPart] { parts }
}

extension Policy {
    /// Makes a policy that is written in Swift.
    public init(@PolicyBuilder _ parts: () -> [any PolicyPart]) {
        self.init()
        for part in parts() { part.add(to: &self) }
    }
}

extension Role: PolicyPart {
    /// Makes a role that is written in Swift.
    public init(_ name: String, description: String? = nil, @RoleBuilder _ parts: () -> [any RolePart]) {
        self.init(name, description: description)
        for part in parts() { part.add(to: &self) }
    }

    public func add(to policy: inout Policy) { policy.roles.append(self) }
}

extension Rule: PolicyPart {
    public func add(to policy: inout Policy) { policy.rules.append(self) }
}

extension Constraint: PolicyPart {
    public func add(to policy: inout Policy) { policy.constraints.append(self) }
}

extension Policy.Combining: PolicyPart {
    public func add(to policy: inout Policy) { policy.combining = self }
}

extension Assignment: PolicyPart {
    public func add(to policy: inout Policy) { policy.assignments.append(self) }
}

extension CataloguedPermission: PolicyPart {
    public func add(to policy: inout Policy) {
        if policy.permissions == nil { policy.permissions = [] }
        policy.permissions?.append(self)
    }
}
