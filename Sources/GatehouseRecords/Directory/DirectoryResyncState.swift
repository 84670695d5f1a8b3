import GatehouseBase

/// The progress of a resync: the next page, and the time of the start.
struct DirectoryResyncState: Sendable {
    var began: Timestamp
    /// True if the original listed an object that the directory had before.
    var isKnown = false
    /// The number of compared objects.
    var compared = 0
    /// The kind of object that is listed next. Memberships are listed with their organizations, so that this kind means that all objects
    /// were listed.
    var kind: DirectoryKind = .user
    var cursor: String?

    init(note: String?, now: Timestamp) {
        began = now
        guard let note, let value = JSONValue(utf8: Array(note.utf8)),
            let time = value["began"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
            let kind = value["kind"]?.string.flatMap({ DirectoryKind(rawValue: $0) })
        else { return }
        (began, self.kind, cursor) = (time, kind, value["cursor"]?.string)
        isKnown = value["known"] == true
        if case .number(let number)? = value["compared"] { compared = number.int ?? 0 }
    }

    var note: String {
        let value: JSONValue = [
            "began": .string(began.description), "kind": .string(kind.rawValue), "cursor": JSONValue(cursor),
            "known": .bool(isKnown), "compared": .number(JSONNumber(compared)),
        ]
        return value.description
    }

    mutating func advance(to next: String?, orTo kind: DirectoryKind) {
        cursor = next
        if next == nil { self.kind = kind }
    }
}

extension DirectoryRows {
    /// Returns true if the directory has an object that is not deleted and whose state is from before a time.
    func isHeld(_ kind: DirectoryKind, _ id: String, issuer: String, toldBefore milliseconds: Int64) throws -> Bool {
        func isLive<Object>(_ entry: DirectoryEntry<Object>?) -> Bool {
            entry.map { !$0.isDeleted && $0.version.told < milliseconds } ?? false
        }
        return switch kind {
        case .user: isLive(try user(id, issuer: issuer))
        case .organization: isLive(try organization(id, issuer: issuer))
        case .membership: isLive(try membership(id, issuer: issuer))
        }
    }

    /// Returns the difference between a state and the directory's state; `nil` if they are equal.
    func difference(_ change: DirectoryChange, issuer: String) throws -> DirectoryDrift.Change? {
        func compare<Object: Equatable>(_ entry: DirectoryEntry<Object>?, _ object: Object) -> DirectoryDrift.Change? {
            guard let entry else { return .missing }
            guard let held = entry.object else { return nil }  // a list may still have an object that a webhook deleted
            return held == object ? nil : .changed
        }
        switch change {
        case .user(let user, _): return compare(try self.user(user.id, issuer: issuer), user)
        case .organization(let organization, _):
            return compare(try self.organization(organization.id, issuer: issuer), organization)
        case .membership(let membership, _):
            return compare(try self.membership(membership.id, issuer: issuer), membership)
        case .userDeleted, .organizationDeleted, .membershipDeleted, .sessionEnded, .roleChanged: return nil
        }
    }
}
