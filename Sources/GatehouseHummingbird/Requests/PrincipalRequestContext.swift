#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// A request context that knows who asks.
public protocol PrincipalRequestContext: RequestContext {
    /// Who asks; `nil` if nobody whom we know. The guard before the handler sets it.
    var principal: Principal? { get set }
    /// Whether something has said that this request may go on, for a ``DecisionGuard`` further on.
    /// The guard sets it; it starts as false.
    var isDecided: Bool { get set }
}

extension PrincipalRequestContext {
    /// Who asks.
    ///
    /// - Throws: ``AccessError`` if nobody is known: the answer is 401.
    public func requirePrincipal() throws(AccessError) -> Principal {
        guard let principal else { throw .unauthenticated }
        return principal
    }
}

/// The smallest context that knows who asks.
public struct BasicPrincipalRequestContext: PrincipalRequestContext {
    public var coreContext: CoreRequestContextStorage
    public var principal: Principal?
    public var isDecided = false

    public init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
#endif
