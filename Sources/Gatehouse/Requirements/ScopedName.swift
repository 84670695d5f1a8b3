/// The name of a required feature or plan: `scope:name`, or `name` in either scope (`@clerk/shared`, authorization.ts).
package struct ScopedName {
    private enum Scope {
        case organization
        case user
        case either
    }

    private let scope: Scope
    private let name: String

    private static let scopes: [(text: String, scope: Scope)] = [
        ("o", .organization), ("org", .organization), ("organization", .organization), ("u", .user), ("user", .user),
    ]

    /// Reads a name; `nil` if the text is empty or has an unknown scope.
    ///
    /// As in Clerk's SDK, the name is the part between the first colon and the next, or the scope if that part is empty.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard let first = parts.first, !first.isEmpty else { return nil }
        if parts.count == 1 {
            (scope, name) = (.either, first)
        } else {
            guard let known = Self.scopes.first(where: { $0.text.hasSameBytes(as: first) }) else { return nil }
            (scope, name) = (known.scope, parts[1].isEmpty ? first : parts[1])
        }
    }

    /// Returns true if the name is among the entries of a claim, such as `o:invoices`.
    package func isAmong(_ entries: [String]) -> Bool {
        entries.contains { text in
            let entry = ScopedEntry(text)
            guard entry.name.hasSameBytes(as: name) else { return false }
            return switch scope {
            case .organization: entry.isOfOrganization
            case .user: entry.isOfUser
            case .either: entry.isOfOrganization || entry.isOfUser
            }
        }
    }
}
