/// The builder of a role that is written in Swift.
@resultBuilder
public enum RoleBuilder {
    public static func buildExpression(_ part: any RolePart) -> [any RolePart] { [part] }
    public static func buildBlock(_ parts: [any RolePart]...) -> [any RolePart] { parts.flatMap { $0 } }
    public static func buildArray(_ parts: [[any RolePart]]) -> [any RolePart] { parts.flatMap { $0 } }
    public static func buildOptional(_ parts: [any RolePart]?) -> [any RolePart] { parts ?? [] }
    public static func buildEither(first parts: [any RolePart]) -> [any RolePart] { parts }
    public static func buildEither(second parts: [any RolePart]) -> [any RolePart] { parts }
}
