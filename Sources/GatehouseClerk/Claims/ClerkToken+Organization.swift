extension ClerkToken {
    /// The organization that a session token speaks for.
    public struct Organization: Sendable, Hashable {
        /// The id, `org_…`; never empty.
        public let id: String
        /// The name in URLs.
        public let slug: String?
        /// The role, with exactly one leading `org:`.
        public let role: String?
        /// The permissions, `org:feature:permission`, in Clerk's order.
        public let permissions: [String]

        /// Reads the claims of version 2, which have `v` as the number 2, or the claims of version 1. Without an id there is no
        /// organization.
        init?(_ claims: JSONNode, features: ScopedList) {
            let isVersion2 = claims.member("v")?.double == 2
            let names = isVersion2 ? Names.version2 : Names.version1
            guard let source = isVersion2 ? claims.member("o") : claims, let id = source.text(names.id) else {
                return nil
            }
            self.id = id
            slug = source.text(names.slug)
            role = source.text(names.role).flatMap(Self.prefixed)
            permissions =
                isVersion2
                ? FeaturePermissions(source, features: features).names
                : source.member("org_permissions")?.strings ?? []
        }

        private struct Names {
            let id, slug, role: StaticString

            static let version1 = Names(id: "org_id", slug: "org_slug", role: "org_role")
            static let version2 = Names(id: "id", slug: "slg", role: "rol")
        }

        /// Returns the role with exactly one leading `org:`; `nil` if the rest of the role is empty.
        static func prefixed(_ role: String) -> String? {
            let prefix = "org:".utf8
            var name = Substring(role).utf8
            while name.starts(with: prefix) { name = name.dropFirst(prefix.count) }
            return name.isEmpty ? nil : "org:\(Substring(name))"
        }
    }
}

extension JSONNode {
    /// Returns the member with this name, if the member is a non-empty string.
    fileprivate func text(_ name: StaticString) -> String? {
        guard let text = member(name)?.string, !text.isEmpty else { return nil }
        return text
    }
}
