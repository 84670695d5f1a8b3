#if NIO
public import GatehouseHTTP

/// Tells the handlers behind a ``GuardHandler`` of the request whose head comes next: a user inbound event.
///
/// ```swift
/// func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
///     if let authorized = event as? RequestAuthorized { principal = authorized.request.principal }
///     context.fireUserInboundEventTriggered(event)
/// }
/// ```
public struct RequestAuthorized: Sendable {
    /// The request as the guard let it go on, with its principal.
    public let request: AuthorizationRequest

    init(_ request: AuthorizationRequest) {
        self.request = request
    }
}
#endif
