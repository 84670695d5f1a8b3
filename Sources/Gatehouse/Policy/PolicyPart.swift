/// A part of a policy that is written in Swift: a role, an entry of the catalogue, a rule, a constraint, an assignment,
/// or how they combine.
public protocol PolicyPart {
    /// Adds the part to the policy.
    func add(to policy: inout Policy)
}
