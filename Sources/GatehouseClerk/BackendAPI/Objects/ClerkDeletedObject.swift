/// A deleted object.
public struct ClerkDeletedObject: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkDeletedObject {
    /// True if the object was deleted.
    public var isDeleted: Bool? { json.flag("deleted") }
    /// The kind of object.
    public var kind: String? { json.text("object") }
}
