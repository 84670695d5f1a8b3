package import Gatehouse

/// The scope of an invalidation in columns. The numbers of kinds are stored, and never change.
package struct MarkKey {
    package var kind: Int64
    package var issuer = ""
    package var organization: String?
    package var name = ""

    package init(kind: Int64, issuer: String, organization: String?, name: String) {
        (self.kind, self.issuer, self.organization, self.name) = (kind, issuer, organization, name)
    }

    package init(_ scope: Invalidation.Scope) {
        switch scope {
        case .member(let member):
            self.init(kind: 0, issuer: member.issuer, organization: member.organization, name: member.user)
        case .user(let issuer, let user): self.init(kind: 1, issuer: issuer, organization: nil, name: user)
        case .organization(let issuer, let organization):
            self.init(kind: 2, issuer: issuer, organization: organization, name: "")
        case .role(let role): self.init(kind: 3, issuer: "", organization: nil, name: role)
        case .session(let issuer, let session): self.init(kind: 4, issuer: issuer, organization: nil, name: session)
        case .everything: self.init(kind: 5, issuer: "", organization: nil, name: "")
        }
    }

    /// The scope; `nil` for a kind that this version does not know.
    package var scope: Invalidation.Scope? {
        switch kind {
        case 0: .member(Member(name, in: organization, issuer: issuer))
        case 1: .user(issuer: issuer, user: name)
        case 2: .organization(issuer: issuer, organization: organization)
        case 3: .role(name)
        case 4: .session(issuer: issuer, session: name)
        case 5: .everything
        default: nil
        }
    }
}
