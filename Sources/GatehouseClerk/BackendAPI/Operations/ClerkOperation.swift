import HTTPTypes

/// An operation of Clerk's Backend API: its method and path, and the possible members of its query and body.
package struct ClerkOperation: Sendable {
    /// The operation's name at Clerk (`operationId`).
    package let id: String
    /// The command-line tool's name for the kind of object, such as `role-sets`.
    package let resource: String
    /// The command-line tool's name for the operation, such as `create`.
    package let verb: String
    package let method: HTTPRequest.Method
    /// The path below the version, with the names of ids in braces.
    package let path: String
    /// The parameters of the query.
    package let query: [Member]
    /// The possible members of the body; `nil` if there is no body.
    package let body: Body?
    /// The status of a success.
    package let status: Int

    /// The content of a body.
    package enum Body: Sendable {
        /// A JSON object with these members.
        case object([Member])
        /// A JSON array of objects with these members.
        case list([Member])
        /// A form (RFC 7578) with these parts, of which `file` is a file.
        case form([Member])

        package var members: [Member] {
            switch self {
            case .object(let members), .list(let members), .form(let members): members
            }
        }
    }

    /// A named part of a query or a body.
    package struct Member: Sendable {
        package let name: String
        package let kind: Kind
        package let isRequired: Bool
        package let isNullable: Bool
        /// The allowed texts, or the allowed texts of an array's elements; empty if any text is allowed.
        package let values: [String]
        package let maximum: Int?
        /// The members of an object, if they are known; empty if any member is allowed.
        package let members: [Member]
        /// The kind of an array's elements.
        package let elementKind: Kind
    }

    /// A JSON type, by OpenAPI's names.
    package enum Kind: String, Sendable {
        case string, integer, number, boolean, object, array
    }

    /// The names of the ids in the path, in order.
    package var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// True if the operation is safe to send twice (RFC 9110 section 9.2.2). The answer to a second `DELETE` is that there is no such
    /// object.
    var isRepeatable: Bool { method == .get || method == .put }

    /// True if the operation lists objects page by page.
    package var isPaged: Bool { query.contains { $0.name == "limit" } }

    /// The names of members whose values are secrets or belong to a person's factor.
    package static let secretMembers: Set<String> = [
        "password", "password_digest", "totp_secret", "backup_codes", "client_secret", "signing_key", "token", "secret",
        "access_token", "refresh_token", "expired_token", "code",
    ]
}
