/// The policy's own assignments by principal.
struct AssignmentIndex: Sendable {
    private let byPrincipal: [ByteText: [Assignment]]

    init(_ assignments: [Assignment]) {
        byPrincipal = Dictionary(grouping: assignments) { ByteText($0.principal) }
    }

    /// The roles that the policy gives a principal in an organization (nil: in none), in the order of the policy.
    func roles(of principal: String, in organization: String?) -> [RoleAssignment] {
        guard organization?.isEmpty != true else { return [] }  // no organization has an empty id
        return (byPrincipal[ByteText(principal)] ?? [])
            .filter { assignment in
                guard let required = assignment.organization else { return true }
                return organization.map { $0.hasSameBytes(as: required) } ?? false
            }
            .map(\.role)
    }
}
