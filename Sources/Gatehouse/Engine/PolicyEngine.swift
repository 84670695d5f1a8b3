/// A policy that was checked whole and compiled: immutable, and shared by everybody who decides.
///
/// Permission names are interned to dense ids, and each distinct set of held roles is compiled, on first use, to a
/// verdict for each; so a check costs the same however many rules, roles and users there are. Names that the policy
/// does not mention are answered by a trie of the patterns. How it decides: <doc:Semantics>.
public final class PolicyEngine: Sendable {
    /// What the engine was made from.
    public let policy: Policy
    /// A hash of the policy's content.
    public let revision: PolicyRevision

    let roleNames: NameTable
    let roles: [CompiledRole]
    let permissions: PermissionTable
    let segments: SegmentTable
    let rules: [CompiledRule]
    let ruleIndex: RuleIndex
    let constraints: [CompiledConstraint]
    let assignments: AssignmentIndex
    let roleSets: RoleSetTable

    /// Compiles a policy.
    ///
    /// - Throws: ``PolicyError`` with every finding where the policy is not sound.
    public init(_ policy: Policy) throws(PolicyError) {
        let errors = policy.errors()
        guard errors.isEmpty else { throw PolicyError(findings: errors) }
        self.policy = policy
        revision = PolicyRevision(of: policy)
        let roleNames = NameTable(policy.roles.map(\.name))
        let permissions = PermissionTable(naming: policy)
        let segments = SegmentTable(of: policy)
        let rules = policy.rules.map { CompiledRule($0, roleNames, permissions) }
        self.roleNames = roleNames
        self.permissions = permissions
        self.segments = segments
        self.rules = rules
        roles = policy.roles.map { CompiledRole($0, roleNames, permissions) }
        ruleIndex = RuleIndex(rules, segments)
        constraints = policy.constraints.map { CompiledConstraint($0, roleNames) }
        assignments = AssignmentIndex(policy.assignments, roleNames)
        roleSets = RoleSetTable(permissions: permissions.count)
    }

    /// Forgets what was compiled for the sets of roles that were asked for; they are compiled anew when needed.
    public func forgetRoleSets() {
        roleSets.removeAll()
    }
}

/// A constraint with its names resolved.
struct CompiledConstraint: Sendable {
    let id: String
    let roles: Set<Int>
    let limit: Int

    init(_ constraint: Constraint, _ roles: NameTable) {
        id = constraint.id
        self.roles = Set(constraint.roles.compactMap { roles.id(of: $0) })
        limit = constraint.limit
    }
}

extension PolicyEngine {
    /// The constraints that forbid to hold all of these roles together, in the order of the policy.
    func violatedConstraints(_ authorized: Inheritance) -> [CompiledConstraint] {
        guard !constraints.isEmpty else { return [] }
        let reached = Set(authorized.reached)
        return constraints.filter { $0.roles.intersection(reached).count > $0.limit }
    }
}
