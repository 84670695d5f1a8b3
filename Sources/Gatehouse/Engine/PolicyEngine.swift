/// A policy that was checked and compiled. It is immutable, and shared by all checks.
///
/// Permission names are interned to dense ids, and each distinct set of roles is compiled, on first use, to a verdict for each permission,
/// so that the cost of a check does not depend on the numbers of rules, roles and users. A trie of the patterns answers for names that the
/// policy does not mention. <doc:Semantics> describes the decisions.
public final class PolicyEngine: Sendable {
    /// The policy that the engine was made from.
    public let policy: Policy
    /// The SHA-256 of the policy's content.
    public let revision: PolicyRevision

    let roleNames: NameTable
    let roles: [CompiledRole]
    /// The ids of the roles, each after all roles that it inherits, and the position of each.
    let inheritedFirst: [Int]
    let ranks: [Int]
    let permissions: PermissionTable
    let segments: SegmentTable
    let rules: [CompiledRule]
    let ruleIndex: RuleIndex
    let constraints: ConstraintIndex
    let assignments: AssignmentIndex
    let roleSets = RoleSetTable()

    /// Compiles a policy.
    ///
    /// - Throws: ``PolicyError`` with all findings if the policy has errors, or with ``PolicyError/failure`` if its revision cannot be
    ///   computed.
    public init(_ policy: Policy) throws(PolicyError) {
        let errors = PolicyValidation(policy).errors
        guard errors.isEmpty else { throw PolicyError(findings: errors) }
        self.policy = policy
        revision = try PolicyRevision(of: policy)
        let roleNames = NameTable(policy.roles.map(\.name))
        let permissions = PermissionTable(naming: policy)
        let segments = SegmentTable(of: policy)
        let rules = policy.rules.map { CompiledRule($0, roleNames, permissions) }
        self.roleNames = roleNames
        self.permissions = permissions
        self.segments = segments
        self.rules = rules
        let roles = policy.roles.map { CompiledRole($0, roleNames, permissions) }
        let inheritedFirst = RoleGraph.inheritedFirst(roles.map(\.inherits))
        var ranks = Array(repeating: 0, count: roles.count)
        for (rank, role) in inheritedFirst.enumerated() { ranks[role] = rank }
        (self.roles, self.inheritedFirst, self.ranks) = (roles, inheritedFirst, ranks)
        ruleIndex = RuleIndex(rules, segments)
        constraints = ConstraintIndex(policy.constraints, roleNames)
        assignments = AssignmentIndex(policy.assignments, roleNames)
    }

    /// The number of compiled sets of roles.
    package var roleSetCount: Int { roleSets.count }

    /// Forgets the compiled sets of roles, which are compiled again when they are needed.
    public func forgetRoleSets() {
        roleSets.removeAll()
    }
}
