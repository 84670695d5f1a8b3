/// An index of the policy's own assignments by the ids of principals. The assignments to one id are in the order of the policy.
struct AssignmentIndex: Sendable {
    private let principals: NameTable
    private let byPrincipal: Buckets
    private let assignments: [Assignment]
    private let entries: [Entry]

    /// The parts of an assignment that most checks need, without its texts.
    private struct Entry {
        /// The id of the role; ``CompiledRole/undefined`` for a role that the policy does not define.
        var role: Int
        /// True if the assignment applies in every organization, for every resource and at any time.
        var holdsAlways: Bool
    }

    init(_ assignments: [Assignment], _ roles: NameTable) {
        var names = Numbering<ByteText>()
        let owners = assignments.map { names.number(of: ByteText($0.principal)) }
        principals = NameTable(names.keys.map(\.string))
        byPrincipal = Buckets(owners, count: names.keys.count)
        self.assignments = byPrincipal.positions.map { assignments[$0] }
        entries = self.assignments.map { assignment in
            Entry(
                role: roles.id(of: assignment.role.role) ?? CompiledRole.undefined,
                holdsAlways: assignment.organization == nil && !assignment.role.isBounded
            )
        }
    }

    /// The ids of all who have an assignment, in the order of the policy.
    var names: [String] { principals.names }

    /// Returns all assignments to an id, for every type and issuer.
    func assignments(of principal: String) -> ArraySlice<Assignment> {
        assignments[positions(of: principal)]
    }

    /// Returns the positions of all assignments to an id.
    func positions(of principal: String) -> Range<Int> {
        principals.unownedView.id(of: principal).map { byPrincipal.range(of: $0) } ?? 0..<0
    }

    /// Returns the id of the role that is assigned at a position, and ``CompiledRole/undefined`` for a role that the policy does not
    /// define; `nil` if the assignment does not apply to the check.
    @inline(__always)
    func role(at position: Int, of assignee: Assignee, for check: AccessCheck) -> Int? {
        guard entries[position].holdsAlways || assignments[position].holds(for: check),
            assignee.isNamed(by: assignments[position])
        else { return nil }
        return entries[position].role
    }

    /// Returns the roles that the policy assigns to an assignee in an organization (`nil` for none).
    func roles(of assignee: Assignee, in organization: String?) -> [RoleAssignment] {
        assignments(of: assignee.id).filter { $0.holds(in: organization) && assignee.isNamed(by: $0) }.map(\.role)
    }
}

extension Assignment {
    fileprivate func holds(for check: AccessCheck) -> Bool {
        holds(in: check.principal.organization?.id) && role.holds(for: check.resource?.resourceID, at: check.time)
    }

    /// Returns true if the assignment applies in an organization (`nil` for none). No organization has an empty id.
    func holds(in organization: String?) -> Bool {
        guard let organization else { return self.organization == nil }
        return !organization.isEmpty && self.organization.map { $0.hasSameBytes(as: organization) } ?? true
    }
}
