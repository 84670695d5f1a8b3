/// A kind of object that the directory holds.
public enum DirectoryKind: String, Sendable, CaseIterable {
    case user
    case organization
    case membership
}
