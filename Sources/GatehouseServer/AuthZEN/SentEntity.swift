#if Server
import GatehouseBase

/// A subject, an action or a resource of a request. Each part may be missing until it is needed.
///
/// Unknown members are ignored. An optional member that is null counts as absent.
struct SentEntity: Sendable {
    /// The entity's name in messages: `subject`, `action` or `resource`.
    let kind: String
    var type: String?
    var id: String?
    /// The name of an action.
    var name: String?
    /// The properties, which are a JSON object.
    var properties: JSONValue = [:]

    /// Reads a member of a request; `nil` if the member is absent.
    ///
    /// - Parameter ignoringID: True to skip an id, whatever its type.
    /// - Throws: ``RequestError`` for a member of the wrong type.
    init?(_ kind: StaticString, of request: JSONNode, ignoringID: Bool = false) throws(RequestError) {
        guard let node = request.present(kind) else { return nil }
        self.kind = kind.description
        guard node.kind == .object else { throw RequestError("“\(self.kind)” must be an object") }
        type = try node.text("type", of: self.kind)
        id = ignoringID ? nil : try node.text("id", of: self.kind)
        name = try node.text("name", of: self.kind)
        properties = try node.object("properties", of: self.kind) ?? [:]
    }

    func requireType() throws(RequestError) -> String { try require(type, "type") }
    func requireID() throws(RequestError) -> String { try require(id, "id") }
    func requireName() throws(RequestError) -> String { try require(name, "name") }

    private func require(_ value: String?, _ member: String) throws(RequestError) -> String {
        guard let value else { throw RequestError("“\(kind)” needs “\(member)”") }
        return value
    }
}

extension JSONNode {
    /// Returns the member; `nil` if it is absent or null.
    func present(_ name: StaticString) -> JSONNode? {
        member(name).flatMap { $0.isNull ? nil : $0 }
    }

    func text(_ name: StaticString, of owner: String) throws(RequestError) -> String? {
        guard let node = present(name) else { return nil }
        guard let text = node.string else { throw RequestError("“\(name)” of “\(owner)” must be a string") }
        return text
    }

    func object(_ name: StaticString, of owner: String) throws(RequestError) -> JSONValue? {
        guard let node = present(name) else { return nil }
        guard node.kind == .object else { throw RequestError("“\(name)” of “\(owner)” must be an object") }
        return JSONValue(node)
    }
}
#endif
