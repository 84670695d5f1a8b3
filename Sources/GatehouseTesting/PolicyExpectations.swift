public import Gatehouse

/// Compares a policy with a whole table of roles and permissions, written in Markdown.
///
/// A cell has the decision for the role, held alone: `allow`, `deny` (a rule denies the permission), `conditional` (a check's
/// attributes decide), or nothing (no rule allows the permission). The table has a column for each role of the policy, and a row for
/// each permission that the policy names. The table may have more rows, also patterns: such a row stands for the names that the pattern
/// matches and that no pattern of the policy matches more narrowly, as in `PolicyEngine.matrix()`.
///
/// ```swift
/// @Test func invoices() throws {
///     try expect(policy, """
///         | permission        | org:member | org:admin |
///         |-------------------|------------|-----------|
///         | org:invoices:read | allow      | allow     |
///         | org:invoices:void |            | allow     |
///         """)
/// }
/// ```
///
/// - Throws: ``PolicyExpectationError`` with every cell that differs and the reasons, and with the rows and columns that are missing;
///   `PolicyError` where the policy is not valid.
public func expect(_ policy: Policy, _ table: String) throws {
    let expected = try ExpectedMatrix(markdown: table)
    let engine = try PolicyEngine(policy)
    let actual = engine.matrix(of: expected.rows.map(\.pattern))

    func index(of name: String, in names: [String]) -> Int? {
        names.firstIndex { $0.utf8.elementsEqual(name.utf8) }
    }
    var differences = actual.roles.filter { index(of: $0, in: expected.roles) == nil }
        .map { "the table has no column for the role \($0)" }
    for role in expected.roles where index(of: role, in: actual.roles) == nil {
        differences.append("the policy has no role \(role)")
    }
    for ((pattern, cells), found) in zip(expected.rows, actual.rows) {
        for (role, cell) in zip(expected.roles, cells) {
            guard let column = index(of: role, in: actual.roles), found[column] != cell else { continue }
            let reason = engine.decision(on: engine.representative(of: pattern), holding: RoleAssignment(role))
            differences.append(
                "\(pattern) for \(role): expected \(cell.words), found \(found[column].words) (\(reason))"
            )
        }
    }
    for name in engine.permissionNames where index(of: name, in: expected.rows.map(\.pattern.text)) == nil {
        differences.append("the table has no row for the permission \(name)")
    }
    guard differences.isEmpty else { throw PolicyExpectationError(differences) }
}

/// Expects that a holder of these roles, and no others, has a permission.
///
/// - Throws: ``PolicyExpectationError`` with the decision's reasons if not; `PolicyError` where the policy is not valid.
public func expect(
    _ policy: Policy,
    allows permission: Permission,
    to roles: RoleAssignment...,
    on resource: Resource? = nil
) throws {
    try expect(policy, permission, roles, resource, isAllowed: true)
}

/// Expects that a holder of these roles, and no others, does not have a permission.
///
/// - Throws: ``PolicyExpectationError`` with the decision's reasons if not; `PolicyError` where the policy is not valid.
public func expect(
    _ policy: Policy,
    denies permission: Permission,
    to roles: RoleAssignment...,
    on resource: Resource? = nil
) throws {
    try expect(policy, permission, roles, resource, isAllowed: false)
}

private func expect(
    _ policy: Policy,
    _ permission: Permission,
    _ roles: [RoleAssignment],
    _ resource: Resource?,
    isAllowed: Bool
) throws {
    let principal = Principal("principal-under-test", roles: roles)
    let check = AccessCheck(permission, by: principal, on: resource, at: WallClock.system.now())
    let decision = try PolicyEngine(policy).decide(check)
    guard decision.isAllowed != isAllowed else { return }
    let names = roles.isEmpty ? "nobody in particular" : roles.map(\.role).joined(separator: ", ")
    throw PolicyExpectationError([
        "\(permission.name) for \(names): expected \(isAllowed ? "allowed" : "denied"), and it is \(decision)"
    ])
}

extension PolicyMatrix.Cell {
    fileprivate var words: String { self == .none ? "nothing" : rawValue }
}
