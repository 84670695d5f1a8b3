#if !Configuration
public import Gatehouse
public import GatehouseClerk
public import GatehouseTokens

extension TokenVerifier.Configuration {
    /// Reads a verifier's settings.
    @available(*, unavailable, message: "enable the trait Configuration of the package gatehouse")
    public init(config: Any, profile: TokenProfile = .jwt) { self.init() }
}

extension RemoteKeySet.Configuration {
    /// Reads a key source's settings.
    @available(*, unavailable, message: "enable the trait Configuration of the package gatehouse")
    public init(config: Any) { self.init(url: "") }
}

extension PermissionCache.Configuration {
    /// Reads a cache's settings.
    @available(*, unavailable, message: "enable the trait Configuration of the package gatehouse")
    public init(config: Any) { self.init() }
}

extension ClerkAuthenticator.Configuration {
    /// Reads an authenticator's settings.
    @available(*, unavailable, message: "enable the trait Configuration of the package gatehouse")
    public init(config: Any) { self.init() }
}
#endif
