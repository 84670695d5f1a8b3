/// A kind of object in the directory.
public enum DirectoryKind: String, Sendable, CaseIterable {
    case user
    case organization
    case membership

    /// The table of the kind's objects in SQL.
    package var table: String { "gatehouse_\(rawValue)s" }
}
