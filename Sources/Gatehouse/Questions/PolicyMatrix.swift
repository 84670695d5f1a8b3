/// The rights of each role, if it is the only held role: a table for people to read.
public struct PolicyMatrix: Sendable, Hashable {
    /// The right of a role, if it is the only held role.
    public enum Cell: String, Sendable, CaseIterable {
        /// Every check allows the permission.
        case allow
        /// No check allows the permission, since something always denies it.
        case deny
        /// The decision depends on the facts of a check.
        case conditional
        /// No check allows the permission, since nothing allows it.
        case none = ""
    }

    /// The roles, in the order of the policy.
    public let roles: [String]
    /// The permissions that the policy names and, without a catalogue, its patterns with wildcards; sorted by bytes.
    public let permissions: [String]
    /// A row for each permission, a cell for each role.
    public let rows: [[Cell]]

    /// Makes a table: for each permission a row of as many cells as there are roles.
    public init(roles: [String], permissions: [String], rows: [[Cell]]) {
        self.roles = roles
        self.permissions = permissions
        self.rows = rows
    }
}
