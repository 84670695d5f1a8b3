/// A permission that somebody gains or loses by a change of policy.
public struct PolicyDifference: Sendable, Hashable {
    /// The role or the principal that gains or loses.
    public enum Subject: Sendable, Hashable {
        /// A holder of this role, alone or beside other roles.
        case role(String)
        /// A principal, by the policies' own assignments.
        case principal(String)
    }

    /// The fate of the permission.
    public enum Change: String, Sendable, Codable, CaseIterable {
        case gains
        case loses
    }

    /// The role or the principal that gains or loses.
    public var subject: Subject
    /// The permission.
    public var permission: String
    /// The fate of the permission.
    public var change: Change

    /// Makes a difference.
    public init(subject: Subject, permission: String, change: Change) {
        self.subject = subject
        self.permission = permission
        self.change = change
    }
}
