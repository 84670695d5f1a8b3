/// Somebody to whom the policy's own assignments may be made: whom they have to name.
struct Assignee: Sendable {
    let id: String
    /// The type that an assignment must name; `nil` for any.
    private let type: String?
    /// The issuer that it must name; `nil` for any, or none.
    private let issuer: String?
    /// The issuer whose principals assignments without an issuer are about; `nil` if nobody knows, so that they are about nobody.
    private let ownIssuer: String?

    /// Makes a member, who is a user.
    init(_ member: Member, ownIssuer: String) {
        (id, type, issuer, self.ownIssuer) = (member.user, Assignment.defaultType, member.issuer, ownIssuer)
    }

    /// Makes a principal.
    ///
    /// - Parameter ownIssuer: The issuer of an authorizer; `nil` if the policy is asked without one. Then a principal without an issuer
    ///   and a type of its own is whoever has the id.
    init(_ principal: Principal, ownIssuer: String?) {
        let isUnnamed = ownIssuer == nil && principal.issuer.isEmpty
        id = principal.id
        type = isUnnamed && principal.type == nil && principal.kind == .user ? nil : principal.typeName
        issuer = isUnnamed ? nil : principal.issuer
        self.ownIssuer = ownIssuer
    }

    /// Returns true if an assignment to the id is to this one.
    func isNamed(by assignment: Assignment) -> Bool {
        if let type, !type.hasSameBytes(as: assignment.type) { return false }
        guard let issuer else { return true }
        return (assignment.issuer ?? ownIssuer)?.hasSameBytes(as: issuer) == true
    }
}
