public import GatehouseBase

/// The rules for changes of the directory.
public struct DirectoryRules: Sendable {
    /// The issuer of the users, organizations and memberships: the `iss` of their tokens.
    public var issuer: String
    /// A closure that returns true if a member may lose a right by a change from the first role (`nil` for none) to the second.
    public var mayTakeAway: @Sendable (_ former: String?, _ role: String) -> Bool

    /// Makes rules. By default, every change from one role to another may take a right away, and a first role takes none away.
    public init(
        issuer: String,
        mayTakeAway: @escaping @Sendable (_ former: String?, _ role: String) -> Bool = { former, role in
            former.map { !$0.hasSameBytes(as: role) } ?? false
        }
    ) {
        self.issuer = issuer
        self.mayTakeAway = mayTakeAway
    }
}

extension DirectoryRows {
    /// Applies a change, unless the directory has a later state or the object was deleted. The directory does not depend on the order of
    /// the changes.
    ///
    /// A change that takes a right away leaves a mark in the same transaction.
    ///
    /// - Parameters:
    ///   - change: The change, with the version of the changed object.
    ///   - rules: The rules for the change.
    ///   - now: The time at which the store learns of the change.
    ///   - revokedAt: The time of the revocation. If the change takes a right away, tokens that were issued then or before are refused;
    ///     `nil` for the time of the change.
    ///   - isFirstSight: True if the directory did not know the member of a membership, so that no right is taken away.
    /// - Returns: The invalidations, which have to be published after the transaction is durable.
    public func apply(
        _ change: DirectoryChange,
        _ rules: DirectoryRules,
        now: Timestamp,
        revokedAt: Timestamp? = nil,
        isFirstSight: Bool = false
    ) throws -> [UntoldInvalidation] {
        // The sender's clock may differ from this clock by the tolerance of signatures. A later time is a mistake, and would refuse all
        // users until then.
        let revokedAt = min(revokedAt ?? change.told, now.advanced(by: .seconds(300)))
        let invalidations: [Invalidation]
        switch change {
        case .user(let user, let version): invalidations = try apply(user, version, rules, revokedAt)
        case .userDeleted(let id, let version): invalidations = try deleteUser(id, version, rules, revokedAt, now)
        case .organization(let organization, let version):
            guard try self.organization(organization.id, issuer: rules.issuer).yields(to: version) else { return [] }
            try setOrganization(
                DirectoryEntry(organization, version: version),
                id: organization.id,
                issuer: rules.issuer
            )
            invalidations = []
        case .organizationDeleted(let id, let version):
            invalidations = try deleteOrganization(id, version, rules, revokedAt, now)
        case .membership(let membership, let version):
            invalidations = try apply(membership, version, rules, revokedAt, now, isFirstSight)
        case .membershipDeleted(let membership, let version):
            invalidations = try delete(membership, version, rules, revokedAt, now)
        case .sessionEnded(let session, _):
            invalidations = [Invalidation(.session(issuer: rules.issuer, session: session), revokedAt: revokedAt)]
        case .roleChanged(let role, _): invalidations = [Invalidation(.role(role), revokedAt: revokedAt)]
        }
        return try invalidations.map { invalidation in
            if invalidation.revokedAt != nil { try mark(invalidation) }
            return try addUntold(invalidation)
        }
    }

    private func apply(
        _ user: DirectoryUser,
        _ version: ObjectVersion,
        _ rules: DirectoryRules,
        _ revokedAt: Timestamp
    ) throws -> [Invalidation] {
        guard try self.user(user.id, issuer: rules.issuer).yields(to: version) else { return [] }
        try setUser(DirectoryEntry(user, version: version), id: user.id, issuer: rules.issuer)
        guard !user.isActive else { return [] }
        return [Invalidation(.user(issuer: rules.issuer, user: user.id), revokedAt: revokedAt)]
    }

    private func deleteUser(
        _ id: String,
        _ version: ObjectVersion,
        _ rules: DirectoryRules,
        _ revokedAt: Timestamp,
        _ now: Timestamp
    ) throws -> [Invalidation] {
        guard try user(id, issuer: rules.issuer)?.isDeleted != true else { return [] }
        try setUser(DirectoryEntry(nil, version: version), id: id, issuer: rules.issuer)
        try end(recordedRoles(ofUser: id, issuer: rules.issuer), at: now)
        return [Invalidation(.user(issuer: rules.issuer, user: id), revokedAt: revokedAt)]
    }

    private func deleteOrganization(
        _ id: String,
        _ version: ObjectVersion,
        _ rules: DirectoryRules,
        _ revokedAt: Timestamp,
        _ now: Timestamp
    ) throws -> [Invalidation] {
        guard try organization(id, issuer: rules.issuer)?.isDeleted != true else { return [] }
        try setOrganization(DirectoryEntry(nil, version: version), id: id, issuer: rules.issuer)
        try end(recordedRoles(inOrganization: id, issuer: rules.issuer), at: now)
        return [Invalidation(.organization(issuer: rules.issuer, organization: id), revokedAt: revokedAt)]
    }

    private func apply(
        _ membership: DirectoryMembership,
        _ version: ObjectVersion,
        _ rules: DirectoryRules,
        _ revokedAt: Timestamp,
        _ now: Timestamp,
        _ isFirstSight: Bool
    ) throws -> [Invalidation] {
        let held = try self.membership(membership.id, issuer: rules.issuer)
        guard held.yields(to: version) else { return [] }
        try setMembership(DirectoryEntry(membership, version: version), id: membership.id, issuer: rules.issuer)
        let member = Member(membership.user, in: membership.organization, issuer: rules.issuer)
        let former = held?.object
        if let former, former.role.hasSameBytes(as: membership.role), former.user.hasSameBytes(as: membership.user),
            former.organization.hasSameBytes(as: membership.organization)
        {
            return []
        }
        if let former { try endHoldings(of: former, issuer: rules.issuer, at: now) }
        let isGone =
            try user(membership.user, issuer: rules.issuer)?.isDeleted == true
            || organization(membership.organization, issuer: rules.issuer)?.isDeleted == true
        if !isGone {
            try begin(RecordedRole(RoleAssignment(membership.role), of: member, membership: membership.id, since: now))
            _ = try advanceRevision()
        }
        // A change of a membership that was unknown before may have been a change from any role.
        let mayBeFirst = membership.created == membership.updated
        let isUnknown = former == nil && !mayBeFirst && !isFirstSight
        let isLoss = isUnknown || rules.mayTakeAway(former?.role, membership.role)
        return [Invalidation(.member(member), revokedAt: isLoss ? revokedAt : nil)]
    }

    private func delete(
        _ membership: DirectoryMembership,
        _ version: ObjectVersion,
        _ rules: DirectoryRules,
        _ revokedAt: Timestamp,
        _ now: Timestamp
    ) throws -> [Invalidation] {
        let held = try self.membership(membership.id, issuer: rules.issuer)
        guard held?.isDeleted != true else { return [] }
        try setMembership(DirectoryEntry(nil, version: version), id: membership.id, issuer: rules.issuer)
        try endHoldings(of: held?.object ?? membership, issuer: rules.issuer, at: now)
        let member = Member(membership.user, in: membership.organization, issuer: rules.issuer)
        return [Invalidation(.member(member), revokedAt: revokedAt)]
    }

    private func endHoldings(of membership: DirectoryMembership, issuer: String, at now: Timestamp) throws {
        let member = Member(membership.user, in: membership.organization, issuer: issuer)
        let held = try recordedRoles(of: member).filter {
            $0.membership.map { $0.hasSameBytes(as: membership.id) } ?? false
        }
        try end(held, at: now)
    }

    private func end(_ roles: [RecordedRole], at now: Timestamp) throws {
        for recorded in roles {
            try end(recorded, at: now)
            _ = try advanceRevision()
        }
    }

    /// Calls `body` with the memberships of a user or an organization, a page at a time.
    func forEachMembership(
        issuer: String,
        user: String? = nil,
        organization: String? = nil,
        _ body: (DirectoryMembership) throws -> Void
    ) throws {
        var last: String?
        while true {
            let page = try memberships(issuer: issuer, user: user, organization: organization, after: last, limit: 500)
            for membership in page { try body(membership) }
            guard let end = page.last else { return }
            last = end.id
        }
    }
}
