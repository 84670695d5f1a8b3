public import GatehouseBase

/// The rows of the directory, and of the roles that were assigned here.
public protocol DirectoryRows {
    /// Returns the state of a user in the directory.
    func user(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryUser>?
    /// Writes what is held of a user.
    func setUser(_ entry: DirectoryEntry<DirectoryUser>, id: String, issuer: String) throws
    /// Users that are not deleted, by the bytes of their ids.
    func users(issuer: String, after id: String?, limit: Int) throws -> [DirectoryUser]

    /// Returns the issuers whose users, organizations or memberships are known, by bytes.
    func directoryIssuers() throws -> [String]

    /// Returns the state of an organization in the directory.
    func organization(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryOrganization>?
    /// Writes what is held of an organization.
    func setOrganization(_ entry: DirectoryEntry<DirectoryOrganization>, id: String, issuer: String) throws
    /// Organizations that are not deleted, by the bytes of their ids.
    func organizations(issuer: String, after id: String?, limit: Int) throws -> [DirectoryOrganization]

    /// Returns the state of a membership in the directory.
    func membership(_ id: String, issuer: String) throws -> DirectoryEntry<DirectoryMembership>?
    /// Writes what is held of a membership.
    func setMembership(_ entry: DirectoryEntry<DirectoryMembership>, id: String, issuer: String) throws
    /// Memberships that are not deleted, by the bytes of their ids, whether or not their user or organization is.
    func memberships(
        issuer: String,
        user: String?,
        organization: String?,
        after id: String?,
        limit: Int
    ) throws -> [DirectoryMembership]

    /// Returns the ids of objects that are not deleted and whose state was told before a time, by bytes.
    func objects(
        _ kind: DirectoryKind,
        issuer: String,
        toldBefore milliseconds: Int64,
        after id: String?,
        limit: Int
    ) throws -> [String]

    /// Returns the roles that a member holds now, in the order in which they came.
    func recordedRoles(of member: Member) throws -> [RecordedRole]
    /// Returns the roles that a user holds now in any organization or in none, in the order in which they came.
    func recordedRoles(ofUser user: String, issuer: String) throws -> [RecordedRole]
    /// Returns the roles that anybody holds now in an organization, in the order in which they came.
    func recordedRoles(inOrganization organization: String, issuer: String) throws -> [RecordedRole]
    /// Returns the roles that anybody held at a time, by the bytes of user and organization.
    func recordedRoles(issuer: String, at time: Timestamp) throws -> [RecordedRole]
    /// Returns the issuers of all who ever held a role, by bytes.
    func roleIssuers() throws -> [String]
    /// Writes that a role is held from now on.
    func begin(_ recorded: RecordedRole) throws
    /// Writes that a role is held no longer.
    func end(_ recorded: RecordedRole, at time: Timestamp) throws

    /// Returns a new state of the roles that are held: each is higher than every one before.
    func advanceRevision() throws -> MembershipRevision
    /// Returns the state of the roles that are held.
    func revision() throws -> MembershipRevision

    /// Keeps a mark for tokens; of several about the same the latest counts.
    func mark(_ invalidation: Invalidation) throws
    /// Returns the marks that were left at a time or later.
    func marks(since time: Timestamp) throws -> [Invalidation]
    /// Forgets marks that were left before a time.
    func removeMarks(before time: Timestamp) throws

    /// Keeps something that other nodes have to be told.
    func addUntold(_ invalidation: Invalidation) throws -> UntoldInvalidation
    /// Returns the invalidations that other nodes have to be told, in the order in which they came.
    ///
    /// - Parameters:
    ///   - number: Only those after this one.
    ///   - limit: The greatest number of invalidations.
    func untold(after number: Int64, limit: Int) throws -> [UntoldInvalidation]
    /// Forgets those of these numbers: the others were told.
    func removeUntold(_ numbers: [Int64]) throws

    /// Returns a text that is kept by name, such as how far a resync has come.
    func note(_ name: String) throws -> String?
    /// Keeps a text by name; `nil` forgets it.
    func setNote(_ text: String?, _ name: String) throws
}
