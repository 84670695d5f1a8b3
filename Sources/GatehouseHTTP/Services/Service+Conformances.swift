#if Hummingbird
public import Gatehouse
public import GatehouseTokens
public import ServiceLifecycle

extension Authorizer: Service {}
extension AuthorizerService: Service {}
extension PermissionCacheMetrics: Service {}
extension JWTAuthenticator: Service {}

extension RemoteKeySet: Service {
    /// Loads the keys and keeps them current until the task is cancelled or the service group shuts down.
    public func run() async throws { try await runUntilShutdown() }
}
#endif
