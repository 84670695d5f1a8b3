#if Hummingbird
public import GatehouseHTTP

/// The findings of guards about a request. A request context carries them from one guard to the next, and to the handler.
public struct RequestAccess: Sendable {
    /// The principal that sent the request; `nil` if no principal is known.
    ///
    /// A change resets ``isDecided``, since the decision was about another principal.
    public var principal: Principal? {
        didSet { if oldValue != nil || principal != nil { isDecided = false } }
    }
    /// True if a guard has accepted this request. A known principal is not enough.
    public var isDecided = false
    /// The request as the previous guard read it; `nil` before the first guard.
    let seen: SeenRequest?

    /// Makes an empty value, as before the first guard.
    public init() {
        seen = nil
    }

    init(_ request: AuthorizationRequest, _ seen: SeenRequest?) {
        (principal, isDecided, self.seen) = (request.principal, request.isDecided, seen)
    }
}
#endif
