/// The marks that came in one span of time.
struct MarkGeneration: Sendable {
    /// The marks of one organization and of its members.
    private struct Tenant {
        var organization: Timestamp?
        var members: [ByteText: Timestamp] = [:]

        /// Marks a member, or the whole organization if too many members are marked.
        ///
        /// - Returns: The number of additional marks, which may be negative.
        mutating func mark(_ user: ByteText, _ instant: Timestamp, _ quota: Int) -> Int {
            if let known = members[user] {
                members[user] = max(known, instant)
                return 0
            }
            guard members.count >= quota else {
                members[user] = instant
                return 1
            }
            let dropped = members.count
            let isNew = organization == nil
            markOrganization(members.values.reduce(instant, max))
            members = [:]
            return (isNew ? 1 : 0) - dropped
        }

        mutating func markOrganization(_ instant: Timestamp) {
            organization = max(instant, organization ?? instant)
        }
    }

    /// The instant at which the generation began.
    let begun: Timestamp
    /// The number of members of one organization that may be marked; beyond that number the whole organization is marked.
    let quota: Int
    /// The number of marks.
    private(set) var count = 0
    /// The latest instant of a mark.
    private(set) var latest: Timestamp?
    private var tenants: [OrganizationName: Tenant] = [:]
    /// The marks of users, sessions and roles, and of personal accounts, each of which is a tenant of its own.
    private var others: [Invalidation.Scope: Timestamp] = [:]

    init(begun: Timestamp, quota: Int) {
        self.begun = begun
        self.quota = quota
    }

    /// Keeps a mark. Of several marks of the same scope, the latest counts.
    mutating func mark(_ scope: Invalidation.Scope, _ instant: Timestamp) {
        latest = latest.map { max($0, instant) } ?? instant
        switch scope {
        case .member(let member) where member.organization != nil:
            let name = OrganizationName(issuer: member.issuer, organization: member.organization)
            let added = tenants[name, default: Tenant()].mark(ByteText(member.user), instant, quota)
            count += added
        case .organization(let issuer, let organization):
            let name = OrganizationName(issuer: issuer, organization: organization)
            if tenants[name]?.organization == nil { count += 1 }
            tenants[name, default: Tenant()].markOrganization(instant)
        case .member, .user, .session, .role:
            if others[scope] == nil { count += 1 }
            others[scope] = max(instant, others[scope] ?? instant)
        case .everything: break  // this scope raises the floor
        }
    }

    /// Returns true if a mark would add to the count.
    func grows(by scope: Invalidation.Scope) -> Bool {
        switch scope {
        case .member(let member) where member.organization != nil:
            let name = OrganizationName(issuer: member.issuer, organization: member.organization)
            guard let members = tenants[name]?.members else { return true }
            return members.count < quota && members[ByteText(member.user)] == nil
        case .organization(let issuer, let organization):
            return tenants[OrganizationName(issuer: issuer, organization: organization)]?.organization == nil
        case .member, .user, .session, .role: return others[scope] == nil
        case .everything: return false
        }
    }

    /// Returns true if a mark reaches a token that was issued at a time.
    ///
    /// - Parameter bearers: The user whom the token speaks for, and those who act as that user.
    func reaches(_ principal: Principal, _ bearers: [MarkedBearer], issuedAt: Timestamp) -> Bool {
        guard let latest, issuedAt <= latest else { return false }
        func reaches(_ mark: Timestamp?) -> Bool { mark.map { issuedAt <= $0 } ?? false }
        let name = OrganizationName(issuer: principal.issuer, organization: principal.organization?.id)
        if let tenant = tenants[name],
            reaches(tenant.organization) || reaches(tenant.members[ByteText(principal.id)])
        {
            return true
        }
        guard !others.isEmpty else { return false }
        return principal.organization == nil && reaches(others[.member(principal.member)])
            || principal.roles.contains { reaches(others[.role($0.role)]) }
            || bearers.contains { bearer in
                reaches(others[.user(issuer: bearer.issuer, user: bearer.user)])
                    || bearer.session.map { reaches(others[.session(issuer: bearer.issuer, session: $0)]) } ?? false
            }
    }

    /// The marks.
    var marks: [(scope: Invalidation.Scope, instant: Timestamp)] {
        var marks: [(scope: Invalidation.Scope, instant: Timestamp)] = others.map { ($0, $1) }
        for (name, tenant) in tenants {
            let (issuer, organization) = (name.issuer.string, name.organization?.string)
            if let instant = tenant.organization {
                marks.append((.organization(issuer: issuer, organization: organization), instant))
            }
            for (user, instant) in tenant.members {
                marks.append((.member(Member(user.string, in: organization, issuer: issuer)), instant))
            }
        }
        return marks
    }
}

/// An organization at an issuer, or the personal accounts there.
struct OrganizationName: Hashable, Sendable {
    let issuer: ByteText
    /// The organization's id; `nil` for the personal accounts.
    let organization: ByteText?

    init(issuer: String, organization: String?) {
        self.issuer = ByteText(issuer)
        self.organization = organization.map { ByteText($0) }
    }
}
