/// A permission that somebody gains or loses by a change of policy.
public struct PolicyDifference: Sendable, Hashable {
    /// Who gains or loses.
    public enum Subject: Sendable, Hashable {
        /// Whoever holds the role and nothing else.
        case role(String)
        /// A principal, by the policies' own assignments.
        case principal(String)
    }

    /// What happens to the permission.
    public enum Change: String, Sendable, Codable, CaseIterable {
        case gains
        case loses
    }

    /// Who gains or loses.
    public var subject: Subject
    /// Which permission.
    public var permission: String
    /// What happens to it.
    public var change: Change

    /// Makes a difference.
    public init(subject: Subject, permission: String, change: Change) {
        self.subject = subject
        self.permission = permission
        self.change = change
    }
}
