extension PolicyEngine {
    /// Returns those of a program's names that the policy does not know: the permissions that ``unknownPermissions(among:)`` returns, and
    /// the roles that the policy does not define. Each name is listed once, permissions first, with the known name that may have been
    /// meant. A program calls this function at its start with the names that its guards and routes demand.
    public func unknownNames(
        permissions: [Permission] = [],
        roles: [String] = []
    ) -> [UnknownName] {
        let undefined = roles.filter { roleNames.id(of: $0) == nil }
        return unknown(unknownPermissions(among: permissions).map(\.name), .permission, near: permissionNames)
            + unknown(undefined, .role, near: roleNames.names)
    }

    private func unknown(_ names: [String], _ kind: UnknownName.Kind, near known: [String]) -> [UnknownName] {
        guard !names.isEmpty else { return [] }
        var nearest = NearestNames(known)
        var seen: Set<ByteText> = []
        return names.filter { seen.insert(ByteText($0)).inserted }
            .map { UnknownName(kind: kind, name: $0, nearest: nearest.nearest(to: $0)) }
    }
}
