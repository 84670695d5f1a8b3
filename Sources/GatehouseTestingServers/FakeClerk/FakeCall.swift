#if TestServers
import GatehouseBase
import GatehouseClerk

/// A request to one operation, with its parts as the document describes them.
struct FakeCall: Sendable {
    let operation: ClerkOperation
    /// The ids of the path, in order.
    let ids: [String]
    let query: JSONValue
    let body: JSONValue

    /// The first id of the path.
    var id: String { ids.first ?? "" }
    /// The second id of the path.
    var other: String { ids.dropFirst().first ?? "" }

    /// The members of the body that are named, of which there are any.
    func taking(_ names: String...) -> JSONValue {
        .object(body.members.filter { member in names.contains { $0.hasSameBytes(as: member.name) } })
    }

    /// The text of a member of the body; `nil` if it is absent or null.
    func text(_ name: String) -> String? { body[name]?.string }

    /// A member of the body; `nil` if it is absent or null.
    func value(_ name: String) -> JSONValue? { body[name].flatMap { $0 == .null ? JSONValue?.none : $0 } }

    /// The objects that a query lets through, by texts of which it names any.
    func filter(_ objects: [JSONValue], _ filters: (String, (JSONValue) -> String?)...) -> [JSONValue] {
        objects.filter { object in
            filters.allSatisfy { name, value in
                let wanted = query[name].map { $0.string.map { [$0] } ?? $0.elements.compactMap(\.string) } ?? []
                let text = value(object) ?? ""
                return wanted.isEmpty || wanted.contains { $0.hasSameBytes(as: text) }
            }
        }
    }

    /// The objects of which one of the texts has the query in it, without regard to case.
    func search(_ objects: [JSONValue], _ texts: (JSONValue) -> [String?]) -> [JSONValue] {
        guard let query = query["query"]?.string?.lowercased(), !query.isEmpty else { return objects }
        return objects.filter { object in texts(object).contains { $0?.lowercased().contains(query) == true } }
    }

    /// One page of a list, as the document has it for this operation.
    func page(_ objects: [JSONValue]) throws(FakeRefusal) -> JSONValue {
        let limit = query["limit"]?.int ?? 10
        let offset = query["offset"]?.int ?? 0
        guard limit >= 1, offset >= 0 else { throw .invalid("limit", "must be from 1, and offset from 0") }
        var sorted = Array(objects.enumerated())
        if operation.query.contains(where: { $0.name == "order_by" }) {
            let order = query["order_by"]?.string ?? "-created_at"
            let key = order.hasPrefix("+") || order.hasPrefix("-") ? String(order.dropFirst()) : order
            let sign = order.hasPrefix("-") ? -1 : 1
            sorted.sort { lhs, rhs in
                let result = Self.compare(lhs.element[key], rhs.element[key])
                return (result == 0 ? lhs.offset - rhs.offset : result) * sign < 0
            }
        }
        let page = sorted.dropFirst(offset).prefix(limit).map(\.element)
        return list(page, count: objects.count)
    }

    /// A whole list.
    func list(_ objects: [JSONValue], count: Int? = nil) -> JSONValue {
        let isArray = Self.arrays.contains(operation.id) && query["paginated"]?.bool != true
        if isArray { return .array(objects) }
        let name = operation.id == "getM2MTokens" ? "m2m_tokens" : "data"
        return .object([
            JSONMember(name, .array(objects)), JSONMember("total_count", .number(JSONNumber(count ?? objects.count))),
        ])
    }

    /// The lists that the document describes as arrays.
    private static let arrays: Set<String> = [
        "GetUserList", "UsersBan", "UsersUnban", "GetOAuthAccessToken", "CreateBulkInvitations", "ListInvitations",
        "GetSessionList", "ListJWTTemplates", "ListAllowlistIdentifiers",
    ]

    private static func compare(_ lhs: JSONValue?, _ rhs: JSONValue?) -> Int {
        switch (lhs, rhs) {
        case (.number(let lhs)?, .number(let rhs)?): lhs.order(comparedTo: rhs)
        case (.string(let lhs)?, .string(let rhs)?): lhs == rhs ? 0 : lhs.precedesByBytes(rhs) ? -1 : 1
        default: 0
        }
    }
}
#endif
