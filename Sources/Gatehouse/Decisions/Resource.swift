/// A thing that an action is about. Every part may be unknown.
public struct Resource: Sendable, Hashable {
    /// The type, which is one segment such as `invoice`.
    public var type: String?
    /// The id.
    public var id: String?
    /// The further attributes: a JSON object.
    public var attributes: JSONValue

    /// Makes a resource.
    public init(type: String? = nil, id: String? = nil, attributes: JSONValue = [:]) {
        self.type = type
        self.id = id
        self.attributes = attributes
    }

    /// Makes a resource that is known by its type and id.
    ///
    /// ```swift
    /// Resource("document", document.id, ["owner": document.owner])
    /// ```
    public init(_ type: String, _ id: String, _ attributes: [String: String]) {
        let members = attributes.sorted { $0.key.precedesByBytes($1.key) }.map { JSONMember($0.key, .string($0.value)) }
        self.init(type: type, id: id, attributes: .object(members))
    }

    /// Makes a resource with attributes of any kind.
    public init(_ type: String, _ id: String, _ attributes: JSONValue = [:]) {
        self.init(type: type, id: id, attributes: attributes)
    }

    /// The type and id together, for roles on one resource; `nil` if either is unknown.
    public var resourceID: ResourceID? {
        guard let type, let id else { return nil }
        return ResourceID(type: type, id: id)
    }
}
