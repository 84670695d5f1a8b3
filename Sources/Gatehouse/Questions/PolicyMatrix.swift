/// The rights of each role, held alone: a table for people to read.
public struct PolicyMatrix: Sendable, Hashable {
    /// The right of a role, held alone.
    public enum Cell: String, Sendable, CaseIterable {
        /// Allowed, whatever a check brings with it.
        case allow
        /// Never allowed, since something denies it whatever a check brings with it.
        case deny
        /// It depends on what a check brings with it.
        case conditional
        /// Never allowed, since nothing allows it.
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
