import HTTPTypes

extension ClerkOperation {
    /// The operations that the client sends, in the order of the tool's commands.
    package static let all: [ClerkOperation] = table.split(separator: "\n").compactMap { line in
        (try? JSONDocument(parsing: Array(line.utf8)).root).flatMap { ClerkOperation($0) }
    }

    private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }

    /// Returns the operation with this name of Clerk's; `nil` if the client sends no such operation.
    package static func named(_ id: String) -> ClerkOperation? { byID[id] }

    private init?(_ node: JSONNode) {
        guard let id = node.member("id")?.string, let path = node.member("path")?.string,
            let command = node.member("command")?.string?.split(separator: " "), command.count == 2,
            let method = node.member("method")?.string.flatMap({ HTTPRequest.Method($0) })
        else { return nil }
        (self.id, self.path, self.method) = (id, path, method)
        (resource, verb) = (String(command[0]), String(command[1]))
        query = Member.all(of: node.member("query"))
        status = node.member("status")?.number?.int ?? 200
        body =
            if let members = node.member("body") {
                .object(Member.all(of: members))
            } else if let members = node.member("list") {
                .list(Member.all(of: members))
            } else if let members = node.member("form") {
                .form(Member.all(of: members))
            } else {
                nil
            }
    }
}

extension ClerkOperation.Member {
    fileprivate static func all(of node: JSONNode?) -> [ClerkOperation.Member] {
        node?.members.map { ClerkOperation.Member($0.name.string ?? "", $0.value) } ?? []
    }

    private init(_ name: String, _ node: JSONNode) {
        self.name = name
        kind = Self.kind(node.member("type"))
        isRequired = node.member("required")?.bool == true
        isNullable = node.member("nullable")?.bool == true
        values = node.member("enum")?.strings ?? node.member("item_enum")?.strings ?? []
        maximum = node.member("maximum")?.number?.int
        members = Self.all(of: node.member("fields"))
        elementKind = Self.kind(node.member("items"))
    }

    private static func kind(_ node: JSONNode?) -> ClerkOperation.Kind {
        node?.string.flatMap { ClerkOperation.Kind(rawValue: $0) } ?? .string
    }
}
