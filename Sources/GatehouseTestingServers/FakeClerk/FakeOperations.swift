#if TestServers
import GatehouseBase
import GatehouseClerk

/// The work of the fake for an operation.
typealias FakeOperation = @Sendable (inout FakeState, FakeCall) throws(FakeRefusal) -> JSONValue

enum FakeOperations {
    /// The operations that the fake serves, by Clerk's names.
    static let all: [String: FakeOperation] = {
        var all: [String: FakeOperation] = [:]
        for group in [
            organizations, domains, memberships, invitations, roles, roleSets, users, contacts, metadata, factors,
            connections,
            directories, sessions, machines, keys, lists,
        ] {
            all.merge(group) { first, _ in first }
        }
        return all
    }()

    /// Makes an operation that returns an object and changes nothing.
    static func get(_ kind: FakeState.Kind) -> FakeOperation {
        { (state, call) throws(FakeRefusal) in try state.get(kind, call.id) }
    }

    static func delete(_ kind: FakeState.Kind, as object: String, event: String? = nil) -> FakeOperation {
        { (state, call) throws(FakeRefusal) in
            let id = call.ids.last ?? ""
            try state.remove(kind, id)
            let deleted = deletedObject(object, id)
            if let event { state.events.append((event, deleted)) }
            return deleted
        }
    }

    static func deletedObject(_ object: String, _ id: String) -> JSONValue {
        ["object": .string(object), "id": .string(id), "deleted": true]
    }
}

extension JSONValue {
    static func int(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }
}
#endif
