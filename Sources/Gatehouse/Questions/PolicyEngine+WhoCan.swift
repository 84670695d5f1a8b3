/// Somebody who has a permission by the policy's own assignments, and where.
public struct Holder: Sendable, Hashable {
    /// The principal's id.
    public var principal: String
    /// In which organization; nil: in every one and in none, but for those where another assignment of the principal's
    /// own takes it away.
    public var organization: String?
    /// For which resource; nil: for all of them, likewise.
    public var resource: ResourceID?
    /// Whether it depends on what a check brings with it.
    public var isConditional: Bool
}

extension PolicyEngine {
    /// Who has a permission at a time by the policy's own assignments: for each place (organization, resource) that a
    /// principal's assignments name, whether everything that it holds there allows it. Sorted by the bytes of
    /// principal, organization and resource, where none stands before any.
    public func whoCan(_ permission: Permission, at time: Timestamp) -> [Holder] {
        let stances = Stances(on: permission, self)
        return assignments.names.sorted { $0.precedesByBytes($1) }.flatMap { principal -> [Holder] in
            let inForce = assignments.assignments(of: principal).filter { $0.role.isInForce(at: time) }
            let held = Dictionary(grouping: inForce) { Place($0) }
            return held.keys.sorted().compactMap { place -> Holder? in
                let roles = place.enclosing.flatMap { held[$0] ?? [] }.map { roleNames.id(of: $0.role.role) }
                let possibility = stances.possibility(holding: roles)
                guard possibility != .never else { return nil }
                return Holder(
                    principal: principal,
                    organization: place.organization?.string,
                    resource: place.resource,
                    isConditional: possibility == .conditional
                )
            }
        }
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
        func texts(_ place: Place) -> [ByteText] {
            [place.organization ?? ByteText(""), ByteText(place.resource?.description ?? "")]
        }
        return texts(lhs).lexicographicallyPrecedes(texts(rhs))
    }
}
