#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// A request context that knows who asks.
public protocol PrincipalRequestContext: RequestContext {
    /// Who asks; nil: nobody whom we know. ``GatehouseMiddleware`` sets it.
    var principal: Principal? { get set }
    /// Whether something has said that this request may go on, for a ``DecisionGuard`` further on.
    /// ``GatehouseMiddleware`` sets it; it starts as false.
    var isDecided: Bool { get set }
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
