import GatehouseBase

/// A JSON object that is built member by member.
struct JSONMembers {
    private var members: [JSONMember] = []

    var object: JSONValue { .object(members) }

    mutating func add(_ name: String, _ value: JSONValue) { members.append(JSONMember(name, value)) }

    mutating func add(_ name: String, _ text: String?) {
        if let text { add(name, .string(text)) }
    }

    mutating func add(unlessEmpty name: String, _ value: JSONValue) {
        if case .object(let members) = value, members.isEmpty { return }
        add(name, value)
    }
}
