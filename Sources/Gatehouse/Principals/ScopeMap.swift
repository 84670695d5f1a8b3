/// The permissions that the scopes of delegated credentials stand for.
///
/// ```swift
/// let scopes: ScopeMap = ["invoices.read": ["org:invoices:read"], "invoices": ["org:invoices:*"]]
/// ```
/// A delegated credential covers a permission if its user holds the permission and one of its scopes stands for the permission. A scope
/// that is not in the map stands for nothing. Scopes compare by bytes (RFC 6749 section 3.3).
public struct ScopeMap: Sendable, Hashable {
    private var patterns: [ByteText: [PermissionPattern]] = [:]

    /// Makes a map. If a scope is listed twice, it stands for the permissions of both entries.
    public init(_ scopes: some Sequence<(scope: String, permissions: [PermissionPattern])>) {
        for (scope, permissions) in scopes { patterns[ByteText(scope), default: []] += permissions }
    }

    /// Returns the principal with the permissions of its scopes, if its credential is delegated.
    func limiting(_ principal: Principal) -> Principal {
        guard principal.isDelegated else { return principal }
        var limited = principal
        limited.delegatedPermissions = principal.scopes.flatMap { patterns[ByteText($0)] ?? [] }
        return limited
    }
}

extension ScopeMap: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral scopes: (String, [PermissionPattern])...) {
        self.init(scopes.lazy.map { (scope: $0, permissions: $1) })
    }
}
