extension PolicyEngine {
    /// Who has a permission at a time by the policy's own assignments: for each place (organization, resource) that a
    /// principal's assignments name, whether everything that it holds there allows it. Sorted by the bytes of
    /// principal, organization, resource, type and issuer, where none stands before any. What is assigned to one id under
    /// different types and issuers is of different principals.
    ///
    /// Where rules for everyone let anybody have it, the first is ``Rule/everyone``: whoever holds no role that denies.
    public func whoCan(_ permission: Permission, at time: Timestamp) -> [Holder] {
        let stances = Stances(on: permission, self)
        var holders: [Holder] = []
        /// What the assignments that name each place bring, and which of these lists each holder has.
        var lists: [[Int]] = []
        var questions: [[Int]] = []
        for principal in assignments.names.sorted(by: { $0.precedesByBytes($1) }) {
            let inForce = assignments.assignments(of: principal).filter { $0.role.isInForce(at: time) }
            let held = Dictionary(grouping: inForce) { OwnedPlace($0) }.sorted { $0.key < $1.key }
            let first = lists.count
            lists += held.map { $1.compactMap { roleNames.id(of: $0.role.role) } }
            let numbers = Dictionary(uniqueKeysWithValues: held.enumerated().map { ($1.key, first + $0) })
            let sums = lists[first...].map { stances.sum($0) }
            for (owned, _) in held {
                let enclosing = owned.place.enclosing.compactMap { numbers[OwnedPlace($0, of: owned.owner)] }
                let sum = enclosing.reduce(into: Stances.Sum()) { $0.formUnion(sums[$1 - first]) }
                let possibility = stances.possibility(of: sum)
                guard possibility != .never else { continue }
                questions.append(enclosing)
                holders.append(Holder(owned, isConditional: possibility == .conditional))
            }
        }
        return anybody(stances) + zip(holders, areForbidden(questions, of: lists)).filter { !$1 }.map(\.0)
    }

    /// The holder that stands for somebody without roles, if such a one has the permission.
    private func anybody(_ stances: Stances) -> [Holder] {
        let possibility = stances.possibility(of: stances.sum([nil]))
        guard possibility != .never else { return [] }
        return [Holder(principal: Rule.everyone, isConditional: possibility == .conditional)]
    }
}

extension PolicyEngine.Holder {
    fileprivate init(_ owned: OwnedPlace, isConditional: Bool) {
        self.init(
            principal: owned.owner.principal.string,
            type: owned.owner.type.string,
            issuer: owned.owner.issuer?.string,
            organization: owned.place.organization?.string,
            resource: owned.place.resource,
            isConditional: isConditional
        )
    }
}

/// Where a principal's assignments hold.
private struct OwnedPlace: Hashable, Comparable {
    let place: Place
    let owner: AssignmentOwner

    init(_ place: Place, of owner: AssignmentOwner) {
        (self.place, self.owner) = (place, owner)
    }

    init(_ assignment: Assignment) {
        self.init(Place(assignment), of: AssignmentOwner(assignment))
    }

    static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.place < rhs.place || (lhs.place == rhs.place && lhs.owner < rhs.owner)
    }
}

/// Where an assignment holds.
struct Place: Hashable, Comparable {
    var organization: ByteText?
    var resource: ResourceID?

    init(organization: ByteText?, resource: ResourceID?) {
        self.organization = organization
        self.resource = resource
    }

    init(_ assignment: Assignment) {
        self.init(organization: assignment.organization.map { ByteText($0) }, resource: assignment.role.resource)
    }

    /// The places whose assignments hold in this one: it, and those that name less.
    var enclosing: Set<Place> {
        [
            Place(organization: nil, resource: nil), Place(organization: organization, resource: nil),
            Place(organization: nil, resource: resource), self,
        ]
    }

    static func < (lhs: Self, rhs: Self) -> Bool {
        let (mine, theirs) = (lhs.organization?.string ?? "", rhs.organization?.string ?? "")
        guard mine.hasSameBytes(as: theirs) else { return mine.precedesByBytes(theirs) }
        return (lhs.resource?.description ?? "").precedesByBytes(rhs.resource?.description ?? "")
    }
}
