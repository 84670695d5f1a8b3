#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// A request context that knows who asks.
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
    /// The findings of the guards before the handler. They start as `RequestAccess()`, and guards set them.
    var access: RequestAccess { get set }
}

extension PrincipalRequestContext {
    /// Who asks; `nil` if nobody whom we know.
    public var principal: Principal? {
        get { access.principal }
        set { access.principal = newValue }
    }

    /// Who asks.
    ///
    /// - Throws: `AccessError` if nobody is known: the answer is 401.
    public func requirePrincipal() throws(AccessError) -> Principal {
        guard let principal else { throw .unauthenticated }
        return principal
    }
}
#endif
