/// A principal to whom the policy's own assignments may apply.
struct Assignee: Sendable {
    let id: String
    /// The type that an assignment must name; `nil` for any.
    private let type: String?
    /// The issuer that an assignment must name; `nil` for any issuer, or none.
    private let issuer: String?
    /// The issuer of the principals to whom assignments without an issuer apply; `nil` if it is unknown, so that they apply to nobody.
    private let ownIssuer: String?

    /// Makes an assignee from a member, which is a user.
    init(_ member: Member, ownIssuer: String) {
        (id, type, issuer, self.ownIssuer) = (member.user, Assignment.defaultType, member.issuer, ownIssuer)
    }

    /// Makes an assignee from a principal.
    ///
    /// - Parameter ownIssuer: The issuer of an authorizer; `nil` if the policy is used without one. In that case a principal without an
    ///   issuer and without a type matches every assignment to its id.
    init(_ principal: Principal, ownIssuer: String?) {
        let isUnnamed = ownIssuer == nil && principal.issuer.isEmpty
        id = principal.id
        type = isUnnamed && principal.type == nil && principal.kind == .user ? nil : principal.typeName
        issuer = isUnnamed ? nil : principal.issuer
        self.ownIssuer = ownIssuer
    }

    /// Returns true if an assignment to the id applies to this assignee.
    func isNamed(by assignment: Assignment) -> Bool {
        if let type, !type.hasSameBytes(as: assignment.type) { return false }
        guard let issuer else { return true }
        return (assignment.issuer ?? ownIssuer)?.hasSameBytes(as: issuer) == true
    }
}
