#if Hummingbird
public import GatehouseHTTP

/// The findings of guards about a request. A request context carries them from one guard to the next, and to the handler.
public struct RequestAccess: Sendable {
    /// Who asks; `nil` if nobody whom we know.
    ///
    /// A change takes back ``isDecided``: the decision was about another principal.
    public var principal: Principal? {
        didSet { if oldValue != nil || principal != nil { isDecided = false } }
    }
    /// True once a guard has decided that this request may go on. A known sender is not enough for that.
    public var isDecided = false
    /// The request as the guard before read it; `nil` before the first of several guards.
    let seen: SeenRequest?

    /// No findings, as before the first guard.
    public init() {
        seen = nil
    }

    init(_ request: AuthorizationRequest, _ seen: SeenRequest?) {
        (principal, isDecided, self.seen) = (request.principal, request.isDecided, seen)
    }
}
#endif
