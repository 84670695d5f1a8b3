public import GatehouseBase

/// The rows of the directory, and of the roles that were assigned here.
public protocol DirectoryRows {
    /// Returns the state of a user in the directory.
    func user(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryUser>?
    /// Stores the state of a user.
    func setUser(_ entry: DirectoryEntry<DirectoryUser>, id: String, issuer: String) throws
    /// Users that are not deleted, by the bytes of their ids.
    func users(issuer: String, after id: String?, limit: Int) throws -> [DirectoryUser]

    /// Returns the issuers whose users, organizations or memberships are known, by bytes.
    func directoryIssuers() throws -> [String]

    /// Returns the state of an organization in the directory.
    func organization(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryOrganization>?
    /// Stores the state of an organization.
    func setOrganization(_ entry: DirectoryEntry<DirectoryOrganization>, id: String, issuer: String) throws
    /// Organizations that are not deleted, by the bytes of their ids.
    func organizations(issuer: String, after id: String?, limit: Int) throws -> [DirectoryOrganization]

    /// Returns the state of a membership in the directory.
    func membership(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryMembership>?
    /// Stores the state of a membership.
    func setMembership(_ entry: DirectoryEntry<DirectoryMembership>, id: String, issuer: String) throws
    /// Memberships that are not deleted, by the bytes of their ids, whether or not their user or organization is.
    func memberships(
        issuer: String,
        user: String?,
        organization: String?,
        after id: String?,
        limit: Int
    ) throws -> [DirectoryMembership]

    /// Returns the ids of objects that are not deleted and whose state is from before a time, sorted by bytes.
    func objects(
        _ kind: DirectoryKind,
        issuer: String,
        toldBefore milliseconds: Int64,
        after id: String?,
        limit: Int
    ) throws -> [String]

    /// Returns the current roles of a member, in the order in which they began.
    func recordedRoles(of member: Member) throws -> [RecordedRole]
    /// Returns the current roles of a user in any organization or in none, in the order in which they began.
    func recordedRoles(ofUser user: String, issuer: String) throws -> [RecordedRole]
    /// Returns the current roles of all members of an organization, in the order in which they began.
    func recordedRoles(inOrganization organization: String, issuer: String) throws -> [RecordedRole]
    /// Returns the roles of all members at a time, sorted by the bytes of user and organization.
    func recordedRoles(issuer: String, at time: Timestamp) throws -> [RecordedRole]
    /// Returns the issuers of all members that ever had a role, sorted by bytes.
    func roleIssuers() throws -> [String]
    /// Stores the begin of a role.
    func begin(_ recorded: RecordedRole) throws
    /// Stores the end of a role.
    func end(_ recorded: RecordedRole, at time: Timestamp) throws

    /// Advances the revision of the recorded roles, and returns it. Each revision is higher than all earlier ones.
    func advanceRevision() throws -> MembershipRevision
    /// Returns the revision of the recorded roles.
    func revision() throws -> MembershipRevision

    /// Stores a mark for tokens. Of several marks with one scope, the latest counts.
    func mark(_ invalidation: Invalidation) throws
    /// Returns the marks that were left at a time or later.
    func marks(since time: Timestamp) throws -> [Invalidation]
    /// Forgets marks that were left before a time.
    func removeMarks(before time: Timestamp) throws

    /// Stores an invalidation that other nodes have to be told.
    func addUntold(_ invalidation: Invalidation) throws -> UntoldInvalidation
    /// Returns the invalidations that other nodes have to be told, in the order in which they came.
    ///
    /// - Parameters:
    ///   - number: The number before the first invalidation.
    ///   - limit: The largest number of invalidations.
    func untold(after number: Int64, limit: Int) throws -> [UntoldInvalidation]
    /// Removes the invalidations with these numbers, after the other nodes were told.
    func removeUntold(_ numbers: [Int64]) throws

    /// Returns a text that is kept by name, such as how far a resync has come.
    func note(_ name: String) throws -> String?
    /// Stores a text by name; `nil` removes the text.
    func setNote(_ text: String?, _ name: String) throws
}
