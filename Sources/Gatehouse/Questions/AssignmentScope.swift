/// The organization and the resource of an assignment; `nil` stands for all of them.
struct AssignmentScope: Hashable, Comparable {
    var organization: ByteText?
    var resource: ResourceID?

    init(organization: ByteText?, resource: ResourceID?) {
        self.organization = organization
        self.resource = resource
    }

    init(_ assignment: Assignment) {
        self.init(organization: assignment.organization.map { ByteText($0) }, resource: assignment.role.resource)
    }

    /// The scopes whose assignments hold in this scope: the scope itself, and each scope that names less.
    var enclosing: Set<AssignmentScope> {
        [
            AssignmentScope(organization: nil, resource: nil),
            AssignmentScope(organization: organization, resource: nil),
            AssignmentScope(organization: nil, resource: resource), self,
        ]
    }

    static func < (lhs: Self, rhs: Self) -> Bool {
        let (mine, theirs) = (lhs.organization?.string ?? "", rhs.organization?.string ?? "")
        guard mine.hasSameBytes(as: theirs) else { return mine.precedesByBytes(theirs) }
        return (lhs.resource?.description ?? "").precedesByBytes(rhs.resource?.description ?? "")
    }
}
