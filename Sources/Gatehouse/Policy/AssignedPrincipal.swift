/// The principal of an assignment. Assignments with equal values are to the same principal.
struct AssignedPrincipal: Hashable, Comparable {
    let principal: ByteText
    let type: ByteText
    /// The issuer; `nil` for the authorizer's own.
    let issuer: ByteText?

    init(_ assignment: Assignment) {
        principal = ByteText(assignment.principal)
        type = ByteText(assignment.type)
        issuer = assignment.issuer.map { ByteText($0) }
    }

    /// Returns true if the first comes before the second by principal, type and issuer. A missing issuer comes first.
    static func < (lhs: Self, rhs: Self) -> Bool {
        if lhs.principal != rhs.principal { return lhs.principal < rhs.principal }
        if lhs.type != rhs.type { return lhs.type < rhs.type }
        guard let mine = lhs.issuer else { return rhs.issuer != nil }
        return rhs.issuer.map { mine < $0 } ?? false
    }
}
