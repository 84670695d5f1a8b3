public import GatehouseBase

/// The data of a person that were erased.
public struct Erasure: Sendable, Hashable {
    /// True if anything was known.
    public var isKnown: Bool
    /// The number of erased memberships.
    public var memberships: Int
    /// The number of erased bodies of webhooks.
    public var webhooks: Int
}

extension RecordTransaction {
    /// Erases a person's data from the directory and the inbox. Only the fact remains that there was a user of this id, so that a late
    /// webhook does not bring the data back.
    public func erase(user: String, source: String, now: Timestamp) throws -> Erasure {
        var erasure = Erasure(isKnown: false, memberships: 0, webhooks: 0)
        let version = ObjectVersion(updated: now.milliseconds, told: now.milliseconds, tie: "")
        for issuer in try Set((directoryIssuers() + roleIssuers()).map { ByteText($0) }).sorted().map(\.string) {
            let rules = DirectoryRules(issuer: issuer)
            let entry = try self.user(user, issuer: issuer)
            // The store may have assigned roles to a user whom the directory does not know.
            let isKnown = try entry != nil || !recordedRoles(ofUser: user, issuer: issuer).isEmpty
            erasure.isKnown = erasure.isKnown || isKnown
            if isKnown, entry?.isDeleted != true { _ = try apply(.userDeleted(user, version), rules, now: now) }
            var memberships: [DirectoryMembership] = []
            try forEachMembership(issuer: issuer, user: user) { memberships.append($0) }
            for membership in memberships { _ = try apply(.membershipDeleted(membership, version), rules, now: now) }
            erasure.memberships += memberships.count
        }
        erasure.webhooks = try eraseBodies(ofUser: user, source: source, includingPending: true)
        // These are copies of audit records that the compliance endpoint took. Waiting copies are sent first.
        erasure.webhooks += try eraseBodies(
            ofUser: user,
            source: StoredWebhook.complianceSource,
            includingPending: false
        )
        erasure.isKnown = erasure.isKnown || erasure.webhooks > 0 || erasure.memberships > 0
        return erasure
    }
}
