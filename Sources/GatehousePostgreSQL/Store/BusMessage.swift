#if PostgreSQL
import Gatehouse
import GatehouseBase
import GatehouseRecords

/// A message from one node to the others by `NOTIFY`.
enum BusMessage: Sendable, Hashable {
    /// A node made an invalidation, at this revision of the recorded roles.
    case invalidation(Invalidation, node: String, revision: Int64)
    /// A node made too many invalidations to list. Their marks are in the table.
    case everything(node: String)
    /// A heartbeat. A node that hears it has heard all earlier messages.
    case heartbeat(number: Int64)
    /// The policy of all nodes was replaced.
    case policy(revision: String)
    /// The message is too long, and is stored in a table under this number.
    case stored(number: Int64)

    /// The channel of a store, in SQL. The name contains the number of the tables, since another store may be in another schema of the
    /// database. `LISTEN` folds an unquoted name to lower case, and `pg_notify` does not, so that the name is in lower case.
    static let channel = "'gatehouse_' || ('gatehouse_state'::regclass::oid::text)"
    /// The largest number of bytes of a message. PostgreSQL takes 7,999 bytes.
    static let maximumBytes = 7_900
    /// The largest number of invalidations that one transaction lists. Beyond the number, everything is forgotten.
    private static let maximumListed = 256

    /// Informs other nodes of the changes of a transaction, when it is committed.
    static func send(_ news: [Invalidation], from node: String, on database: PostgreSQLDatabase) throws {
        guard news.count <= maximumListed else { return try BusMessage.everything(node: node).send(on: database) }
        let revision =
            try database.revision ?? database.row("SELECT revision FROM gatehouse_state")?.integer(0) ?? 0
        var seen: Set<Invalidation> = []
        for invalidation in news where seen.insert(invalidation).inserted {
            try BusMessage.invalidation(invalidation, node: node, revision: revision).send(on: database)
        }
    }

    /// Sends the message to all nodes when the transaction is committed.
    private func send(on database: PostgreSQLDatabase) throws {
        let text = json.description
        if text.utf8.count <= Self.maximumBytes {
            return try database.executeLater("SELECT pg_notify(\(Self.channel), $1)", [.text(text)])
        }
        let row = try database.row(
            "INSERT INTO gatehouse_messages (content) VALUES ($1) RETURNING number",
            [text.sql]
        )
        guard let number = try row?.integer(0) else { throw RecordStoreError(.corrupt, "a message has no number") }
        try BusMessage.stored(number: number).send(on: database)
    }

    /// Reads a message; `nil` for a message that this version does not know.
    init?(_ payload: String) {
        guard let root = try? JSONDocument(parsing: Array(payload.utf8)).root else { return nil }
        let json = JSONValue(root)
        func text(_ name: String) -> String? { json[name]?.string }
        func number(_ name: String) -> Int64? {
            guard case .number(let number)? = json[name] else { return nil }
            return number.int.map { Int64($0) }
        }
        switch text("kind") {
        case "everything":
            guard let node = text("node") else { return nil }
            self = .everything(node: node)
        case "heartbeat":
            guard let beat = number("number") else { return nil }
            self = .heartbeat(number: beat)
        case "policy":
            guard let revision = text("revision") else { return nil }
            self = .policy(revision: revision)
        case "stored":
            guard let place = number("number") else { return nil }
            self = .stored(number: place)
        case "invalidation":
            guard let node = text("node"), let kind = number("scope"), let issuer = text("issuer"),
                let name = text("name"), let revision = number("revision"),
                let scope = MarkKey(
                    kind: kind,
                    issuer: issuer,
                    organization: text("organization"),
                    name: name
                ).scope
            else { return nil }
            var revokedAt: Timestamp?
            if let seconds = number("seconds") {
                guard let nanoseconds = number("nanoseconds").flatMap({ Int32(exactly: $0) }),
                    let instant = Timestamp(seconds: seconds, nanoseconds: nanoseconds)
                else { return nil }
                revokedAt = instant
            }
            self = .invalidation(Invalidation(scope, revokedAt: revokedAt), node: node, revision: revision)
        default: return nil
        }
    }

    private var json: JSONValue {
        func number(_ value: Int64) -> JSONValue { .number(JSONNumber(Int(value))) }
        switch self {
        case .everything(let node): return ["kind": "everything", "node": .string(node)]
        case .heartbeat(let beat): return ["kind": "heartbeat", "number": number(beat)]
        case .policy(let revision): return ["kind": "policy", "revision": .string(revision)]
        case .stored(let place): return ["kind": "stored", "number": number(place)]
        case .invalidation(let invalidation, let node, let revision):
            let key = MarkKey(invalidation.scope)
            var members = [
                JSONMember("kind", "invalidation"), JSONMember("node", .string(node)),
                JSONMember("revision", number(revision)), JSONMember("scope", number(key.kind)),
                JSONMember("issuer", .string(key.issuer)), JSONMember("name", .string(key.name)),
            ]
            if let organization = key.organization { members.append(JSONMember("organization", .string(organization))) }
            if let instant = invalidation.revokedAt {
                members.append(JSONMember("seconds", number(instant.seconds)))
                members.append(JSONMember("nanoseconds", number(Int64(instant.nanoseconds))))
            }
            return .object(members)
        }
    }
}
#endif
