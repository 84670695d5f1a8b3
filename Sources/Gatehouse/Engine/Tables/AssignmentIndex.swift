/// The policy's own assignments by the ids of principals, those to one id in the order of the policy.
struct AssignmentIndex: Sendable {
    private let principals: NameTable
    /// Where each principal's assignments begin in `assignments`, and at last where they end.
    private let starts: [Int]
    private let assignments: [Assignment]
    private let entries: [Entry]

    /// What most checks need of an assignment, without its texts.
    private struct Entry {
        /// ``CompiledRole/undefined`` for one that the policy does not define.
        var role: Int
        /// Whether it holds in every organization, for every resource and at any time.
        var holdsAlways: Bool
    }

    init(_ assignments: [Assignment], _ roles: NameTable) {
        var positions: [ByteText: Int] = [:]
        var names: [String] = []
        let owners = assignments.map { assignment in
            let name = ByteText(assignment.principal)
            if let position = positions[name] { return position }
            positions[name] = names.count
            names.append(assignment.principal)
            return names.count - 1
        }
        principals = NameTable(names)
        var counts = Array(repeating: 0, count: names.count + 1)
        for owner in owners { counts[owner + 1] += 1 }
        for index in counts.indices.dropFirst() { counts[index] += counts[index - 1] }
        starts = counts
        let order = owners.indices.sorted { (owners[$0], $0) < (owners[$1], $1) }
        self.assignments = order.map { assignments[$0] }
        entries = self.assignments.map { assignment in
            Entry(
                role: roles.id(of: assignment.role.role) ?? CompiledRole.undefined,
                holdsAlways: assignment.organization == nil && !assignment.role.isBounded
            )
        }
    }

    /// The ids of all who have an assignment, in the order of the policy.
    var names: [String] { principals.names }

    /// All assignments to an id, whatever type and issuer they name.
    func assignments(of principal: String) -> ArraySlice<Assignment> {
        assignments[positions(of: principal)]
    }

    /// Where all of these stand.
    func positions(of principal: String) -> Range<Int> {
        principals.unownedView.id(of: principal).map { starts[$0]..<starts[$0 + 1] } ?? 0..<0
    }

    /// The id of the role that is assigned at a position, ``CompiledRole/undefined`` for one that the policy does not define;
    /// nil where the assignment does not hold for the check.
    @inline(__always)
    func role(at position: Int, of assignee: Assignee, for check: AccessCheck) -> Int? {
        guard entries[position].holdsAlways || assignments[position].holds(for: check),
            assignee.isNamed(by: assignments[position])
        else { return nil }
        return entries[position].role
    }

    /// The roles that the policy gives somebody in an organization (nil: in none).
    func roles(of assignee: Assignee, in organization: String?) -> [RoleAssignment] {
        assignments(of: assignee.id).filter { $0.holds(in: organization) && assignee.isNamed(by: $0) }.map(\.role)
    }
}

extension Assignment {
    fileprivate func holds(for check: AccessCheck) -> Bool {
        holds(in: check.principal.organization?.id) && role.holds(for: check.resource?.resourceID, at: check.time)
    }

    /// Whether it holds in an organization (nil: in none). No organization has an empty id.
    func holds(in organization: String?) -> Bool {
        guard let organization else { return self.organization == nil }
        return !organization.isEmpty && self.organization.map { $0.hasSameBytes(as: organization) } ?? true
    }
}
