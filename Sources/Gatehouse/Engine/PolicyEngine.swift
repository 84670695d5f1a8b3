/// A policy that was checked whole and compiled: immutable, and shared by everybody who decides.
///
/// Permission names are interned to dense ids, and each distinct set of held roles is compiled, on first use, to a
/// bit set; so a check costs the same however many rules, roles and users there are. Names that the policy does not
/// mention are answered by a trie of the patterns.
public final class PolicyEngine: Sendable {
    /// What the engine was made from.
    public let policy: Policy
    /// A hash of the policy's content.
    public let revision: PolicyRevision

    let roles: [CompiledRole]
    let index: RoleIndex
    let permissions: PermissionTable
    let assignments: AssignmentIndex
    let roleSets: RoleSetTable

    /// Compiles a policy.
    ///
    /// - Throws: ``PolicyError`` with every finding where the policy is not sound.
    public init(_ policy: Policy) throws(PolicyError) {
        let findings = policy.findings()
        guard !findings.contains(where: { $0.severity == .error }) else { throw PolicyError(findings: findings) }
        self.policy = policy
        revision = PolicyRevision(of: policy)
        index = RoleIndex(policy.roles)
        permissions = PermissionTable(naming: policy)
        roles = policy.roles.map { [index, permissions] in CompiledRole($0, index, permissions) }
        assignments = AssignmentIndex(policy.assignments)
        roleSets = RoleSetTable()
    }
}

/// A role with its names resolved.
struct CompiledRole: Sendable {
    let inherits: [Int]
    let grants: [CompiledPattern]
    let denies: [CompiledPattern]

    init(_ role: Role, _ index: RoleIndex, _ permissions: PermissionTable) {
        inherits = role.inherits.compactMap { index[$0] }
        grants = role.grants.compactMap { CompiledPattern($0, permissions) }
        denies = role.denies.compactMap { CompiledPattern($0, permissions) }
    }
}

/// One grant or denial: the id of an exact name, or a pattern.
enum CompiledPattern: Sendable {
    case exactly(Int)
    case pattern(PermissionPattern)

    /// Nil only for a text that is no pattern, which a policy without findings does not have.
    init?(_ text: String, _ permissions: PermissionTable) {
        guard let pattern = try? PermissionPattern(validating: text) else { return nil }
        if pattern.exactName != nil, let id = permissions.id(of: Permission(wellFormed: text)) {
            self = .exactly(id)
        } else {
            self = .pattern(pattern)
        }
    }
}
