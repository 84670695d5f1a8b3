/// A name that a program uses and the policy does not know.
public struct UnknownName: Sendable, Hashable, CustomStringConvertible {
    /// What the name should be one of.
    public enum Kind: String, Sendable, CaseIterable {
        case permission
        case role
    }

    /// What the name should be one of.
    public var kind: Kind
    /// The name.
    public var name: String
    /// The known name that may have been meant; nil: none is near.
    public var nearest: String?

    /// One sentence, such as “the role “edtor” is not defined; did you mean “editor”?”
    public var description: String {
        let subject = "the \(kind.rawValue) “\(name.printable)” "
        let fault = kind == .role ? "is not defined" : "is none that the policy knows"
        return subject + fault + (nearest.map { "; did you mean “\($0.printable)”?" } ?? "")
    }
}

extension PolicyEngine {
    /// Those of a program's names that the policy does not know: permissions that ``missing(_:)`` tells, and roles that it does not
    /// define. Each once, permissions first, with the known name that may have been meant. For the names that guards and routes
    /// demand, when a program starts.
    public func unknownNames(
        permissions: [Permission] = [],
        roles: [String] = []
    ) -> [UnknownName] {
        let undefined = roles.filter { roleNames.id(of: $0) == nil }
        return unknown(missing(permissions).map(\.name), .permission, near: permissionNames)
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
