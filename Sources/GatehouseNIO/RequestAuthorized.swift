#if NIO
public import GatehouseHTTP

/// An inbound event that tells the handlers behind a ``GuardHandler`` about the request whose head comes next.
///
/// ```swift
/// func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
///     if let authorized = event as? RequestAuthorized { principal = authorized.request.principal }
///     context.fireUserInboundEventTriggered(event)
/// }
/// ```
public struct RequestAuthorized: Sendable {
    /// The request as the guard accepted it, with its principal.
    public let request: AuthorizationRequest

    init(_ request: AuthorizationRequest) {
        self.request = request
    }
}
#endif
