#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// A request context that has the principal of the request.
///
/// ```swift
/// struct AppContext: PrincipalRequestContext {
///     var coreContext: CoreRequestContextStorage
///     var access = RequestAccess()
///
///     init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }
/// }
/// ```
public protocol PrincipalRequestContext: RequestContext {
    /// The findings of the guards before the handler. A new context has `RequestAccess()`, and guards change it.
    var access: RequestAccess { get set }
}

extension PrincipalRequestContext {
    /// The principal that sent the request; `nil` if no principal is known.
    public var principal: Principal? {
        get { access.principal }
        set { access.principal = newValue }
    }

    /// Returns the principal that sent the request.
    ///
    /// - Throws: `AccessError` if no principal is known: the answer is 401.
    public func requirePrincipal() throws(AccessError) -> Principal {
        guard let principal else { throw .unauthenticated }
        return principal
    }
}
#endif
