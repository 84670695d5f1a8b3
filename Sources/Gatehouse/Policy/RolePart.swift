/// A part of a role that is written in Swift.
public protocol RolePart {
    /// Adds the part to the role.
    func add(to role: inout Role)
}
