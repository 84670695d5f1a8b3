#if TestServers
import GatehouseBase
import GatehouseClerk

/// A request for one operation, with the parts that the OpenAPI document describes.
struct FakeCall: Sendable {
    let operation: ClerkOperation
    /// The ids of the path, in their order.
    let ids: [String]
    let query: JSONValue
    let body: JSONValue

    /// The first id of the path.
    var id: String { ids.first ?? "" }
    /// The second id of the path.
    var other: String { ids.dropFirst().first ?? "" }

    /// Returns the members of the body that have one of the names.
    func taking(_ names: String...) -> JSONValue {
        .object(body.members.filter { member in names.contains { $0.hasSameBytes(as: member.name) } })
    }

    /// Returns the text of a member of the body; `nil` if the member is absent or null.
    func text(_ name: String) -> String? { body[name]?.string }

    /// Returns a member of the body; `nil` if the member is absent or null.
    func value(_ name: String) -> JSONValue? { body[name].flatMap { $0 == .null ? JSONValue?.none : $0 } }

    /// Returns the objects that pass the filters of the query. A filter passes an object whose text is one of the query's values.
    func filter(_ objects: [JSONValue], _ filters: (String, (JSONValue) -> String?)...) -> [JSONValue] {
        objects.filter { object in
            filters.allSatisfy { name, value in
                let wanted = query[name].map { $0.string.map { [$0] } ?? $0.elements.compactMap(\.string) } ?? []
                let text = value(object) ?? ""
                return wanted.isEmpty || wanted.contains { $0.hasSameBytes(as: text) }
            }
        }
    }

    /// Returns the objects of which at least one text contains the query, without regard to case.
    func search(_ objects: [JSONValue], _ texts: (JSONValue) -> [String?]) -> [JSONValue] {
        guard let query = query["query"]?.string?.lowercased(), !query.isEmpty else { return objects }
        return objects.filter { object in texts(object).contains { $0?.lowercased().contains(query) == true } }
    }

    /// Returns one page of a list, in the form that the OpenAPI document has for this operation.
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

    /// Returns a list in the form that the OpenAPI document has for this operation.
    func list(_ objects: [JSONValue], count: Int? = nil) -> JSONValue {
        let isArray = Self.arrays.contains(operation.id) && query["paginated"]?.bool != true
        if isArray { return .array(objects) }
        let name = operation.id == "getM2MTokens" ? "m2m_tokens" : "data"
        return .object([
            JSONMember(name, .array(objects)), JSONMember("total_count", .number(JSONNumber(count ?? objects.count))),
        ])
    }

    /// The operations whose lists the OpenAPI document describes as arrays.
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
