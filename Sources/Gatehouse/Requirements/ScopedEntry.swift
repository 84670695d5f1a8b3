/// One feature or plan of a credential, `scope:name`. An `o` in the scope stands for the organization and a `u` for the user.
package struct ScopedEntry: Sendable {
    /// The whole entry.
    package let text: String
    /// The part before the first colon; `nil` without a colon.
    package let scope: String?
    /// The part after the first colon.
    package let name: String

    /// Reads an entry.
    package init(_ text: String) {
        self.text = text
        let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        scope = colon.map { String(text[..<$0]) }
        name = colon.map { String(text[text.utf8.index(after: $0)...]) } ?? ""
    }

    /// True if the entry is the organization's.
    package var isOfOrganization: Bool { isIn(Self.organizationScopes) }

    /// True if the entry is the user's.
    package var isOfUser: Bool { isIn(Self.userScopes) }

    private static let organizationScopes = ["o", "ou", "uo"]
    private static let userScopes = ["u", "ou", "uo"]

    private func isIn(_ scopes: [String]) -> Bool {
        guard let scope else { return false }
        return scopes.contains { $0.hasSameBytes(as: scope) }
    }
}
