/// A kind of object that the directory holds.
public enum DirectoryKind: String, Sendable, CaseIterable {
    case user
    case organization
    case membership

    /// The table of the kind's objects in SQL.
    package var table: String { "gatehouse_\(rawValue)s" }
}
