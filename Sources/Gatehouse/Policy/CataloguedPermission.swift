/// A permission of the catalogue: its name and its meaning for people.
public struct CataloguedPermission: Sendable, Hashable {
    /// The name, such as `org:invoices:read`.
    public var name: String
    /// The meaning for people.
    public var description: String

    /// Makes an entry of the catalogue.
    public init(_ name: String, _ description: String = "") {
        self.name = name
        self.description = description
    }
}
