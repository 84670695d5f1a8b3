/// The permissions that the scopes of delegated credentials stand for.
///
/// ```swift
/// let scopes: ScopeMap = ["invoices.read": ["org:invoices:read"], "invoices": ["org:invoices:*"]]
/// ```
///
/// A delegated credential may do what its user may do and one of its scopes stands for. A scope that is not in the map stands for
/// nothing. Scopes compare by bytes (RFC 6749 section 3.3).
public struct ScopeMap: Sendable, Hashable {
    private var patterns: [ByteText: [PermissionPattern]] = [:]

    /// Makes a map. What is listed for one scope twice adds up.
    public init(_ scopes: some Sequence<(scope: String, permissions: [PermissionPattern])>) {
        for (scope, permissions) in scopes { patterns[ByteText(scope), default: []] += permissions }
    }

    /// Returns the principal with the permissions that its scopes stand for, if its credential is a delegated one.
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
