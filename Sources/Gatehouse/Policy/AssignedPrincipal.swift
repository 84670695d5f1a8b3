/// To whom an assignment is: those with the same one are to the same principal.
struct AssignedPrincipal: Hashable, Comparable {
    let principal: ByteText
    let type: ByteText
    /// `nil` for the authorizer's own.
    let issuer: ByteText?

    init(_ assignment: Assignment) {
        principal = ByteText(assignment.principal)
        type = ByteText(assignment.type)
        issuer = assignment.issuer.map { ByteText($0) }
    }

    /// By principal, type and issuer, none before any.
    static func < (lhs: Self, rhs: Self) -> Bool {
        if lhs.principal != rhs.principal { return lhs.principal < rhs.principal }
        if lhs.type != rhs.type { return lhs.type < rhs.type }
        guard let mine = lhs.issuer else { return rhs.issuer != nil }
        return rhs.issuer.map { mine < $0 } ?? false
    }
}
