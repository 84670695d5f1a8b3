import GatehouseBase

/// A change that the directory takes from an event or from a resync.
public enum DirectoryChange: Sendable {
    /// The state of a user.
    case user(DirectoryUser, ObjectVersion)
    /// A user was deleted for good.
    case userDeleted(String, ObjectVersion)
    /// The state of an organization.
    case organization(DirectoryOrganization, ObjectVersion)
    /// An organization was deleted for good, with its memberships.
    case organizationDeleted(String, ObjectVersion)
    /// The state of a membership.
    case membership(DirectoryMembership, ObjectVersion)
    /// A membership was deleted for good.
    case membershipDeleted(DirectoryMembership, ObjectVersion)
    /// A session has ended, and its tokens are no longer accepted.
    case sessionEnded(String, ObjectVersion)
    /// The rights of a role have changed: tokens that carry the role are no longer accepted.
    case roleChanged(String, ObjectVersion)

    /// The time at which the change was reported.
    var told: Timestamp {
        switch self {
        case .user(_, let version), .userDeleted(_, let version), .organization(_, let version),
            .organizationDeleted(_, let version), .membership(_, let version), .membershipDeleted(_, let version),
            .sessionEnded(_, let version), .roleChanged(_, let version):
            Timestamp(clampingMilliseconds: version.told)
        }
    }
}

/// The state of an object in the directory.
public struct DirectoryEntry<Object: Sendable>: Sendable {
    /// The object; `nil` if it was deleted. No later state restores it, since an id is used only once.
    public var object: Object?
    /// The version of the state.
    public var version: ObjectVersion

    /// Makes an entry.
    public init(_ object: Object?, version: ObjectVersion) {
        self.object = object
        self.version = version
    }

    /// True if the object was deleted.
    public var isDeleted: Bool { object == nil }
}

extension Optional {
    /// Returns true if a state of this version replaces the stored state.
    func yields<Object>(to version: ObjectVersion) -> Bool where Wrapped == DirectoryEntry<Object> {
        map { !$0.isDeleted && $0.version < version } ?? true
    }
}
