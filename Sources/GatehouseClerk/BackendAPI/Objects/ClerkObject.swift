/// An object of Clerk's, as Clerk sent it.
///
/// The properties are views of ``json``. A property is `nil` or empty if its member is absent, null or of another type than Clerk
/// documents. Members without a property are in ``json``.
public protocol ClerkObject: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The object as Clerk sent it.
    var json: JSONValue { get }
    /// The object's id.
    var id: String { get }
    /// Makes an object with this id.
    init(id: String, json: JSONValue)
}

extension ClerkObject {
    /// Reads an answer.
    init(_ json: JSONValue, of operation: String) throws(ClerkError) {
        if Self.self == ClerkListedObject.self, case .object = json {
            // Objects of some lists have no id, such as the access tokens of other providers.
            self.init(id: json["id"]?.string ?? "", json: json)
            return
        }
        guard let id = json["id"]?.string, !id.isEmpty else {
            throw ClerkError(.invalidAnswer, "the answer is no object with an id", operation: operation)
        }
        self.init(id: id, json: json)
    }

    /// The time at which the object was made.
    public var createdAt: Timestamp? { json.time("created_at") }
    /// The time of the last change of the object.
    public var updatedAt: Timestamp? { json.time("updated_at") }

    /// The id. Other members may be secrets, and are not shown.
    public var description: String { id.printable }
    /// The ``description``.
    public var debugDescription: String { description }
    /// The ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["id": description]) }
}

extension JSONValue {
    /// A whole number.
    package var int: Int? {
        guard case .number(let number) = self else { return nil }
        return number.int ?? number.double.flatMap { Int(exactly: $0) }
    }

    /// A truth value.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements of an array; none for any other value.
    package var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The members of an object; none for any other value.
    package var members: [JSONMember] {
        if case .object(let members) = self { members } else { [] }
    }

    func text(_ name: String) -> String? { self[name]?.string }
    func flag(_ name: String) -> Bool? { self[name]?.bool }
    func int(_ name: String) -> Int? { self[name]?.int }
    func texts(_ name: String) -> [String] { self[name]?.elements.compactMap(\.string) ?? [] }

    /// Returns the object with this name; an empty object if there is none.
    func metadata(_ name: String) -> JSONValue {
        if case .object(let members)? = self[name] { .object(members) } else { [:] }
    }

    /// Returns the instant with this name, which Clerk sends in milliseconds.
    func time(_ name: String) -> Timestamp? {
        guard case .number(let number)? = self[name], let milliseconds = number.double else { return nil }
        return Timestamp(secondsSinceEpoch: milliseconds / 1_000)
    }

    /// Objects with an id.
    func objects<Object: ClerkObject>(_ name: String) -> [Object] {
        self[name]?.elements.compactMap { element in
            element.text("id").map { Object(id: $0, json: element) }
        } ?? []
    }

    /// Returns the object with this member in place of its member of that name.
    package func replacing(_ name: String, with value: JSONValue) -> JSONValue {
        .object(members.filter { !$0.name.hasSameBytes(as: name) } + [JSONMember(name, value)])
    }

    /// Returns an object of the members that are not `nil`, with other members in place of members of the same names.
    static func body(_ members: [(String, JSONValue?)], adding others: JSONValue = [:]) -> JSONValue {
        let own = members.compactMap { name, value in value.map { JSONMember(name, $0) } }
        return .object(own.filter { others[$0.name] == nil } + others.members)
    }

    static func optional(_ value: String?) -> JSONValue? { value.map { .string($0) } }
    static func optional(_ value: Bool?) -> JSONValue? { value.map { .bool($0) } }
    static func optional(_ value: Int?) -> JSONValue? { value.map { .number(JSONNumber($0)) } }
    /// Returns an array of texts; `nil` if there are none.
    static func optional(_ values: [String]) -> JSONValue? { optional(values.map { .string($0) }) }
    /// Returns an array; `nil` if the array is empty. In this context a literal `nil` would be JSON's null.
    static func optional(_ values: [JSONValue]) -> JSONValue? { values.isEmpty ? JSONValue?.none : .array(values) }
    /// Returns an object; `nil` if the object is empty.
    static func optional(_ members: [JSONMember]) -> JSONValue? { members.isEmpty ? JSONValue?.none : .object(members) }
}
