#if !Configuration
public import Gatehouse
public import GatehouseClerk
public import GatehouseTokens

extension TokenVerifier.Configuration {
    /// Reads the settings of a token verifier.
    @available(*, unavailable, message: "enable the trait Configuration of the package gatehouse")
    public init(config: Any, profile: TokenProfile = .jwt) { self.init() }
}

extension RemoteKeySet.Configuration {
    /// Reads the settings of a remote key set.
    @available(*, unavailable, message: "enable the trait Configuration of the package gatehouse")
    public init(config: Any) { self.init(url: "") }
}

extension PermissionCache.Configuration {
    /// Reads the settings of a permission cache.
    @available(*, unavailable, message: "enable the trait Configuration of the package gatehouse")
    public init(config: Any) { self.init() }
}

extension ClerkAuthenticator.Configuration {
    /// Reads the settings of an authenticator.
    @available(*, unavailable, message: "enable the trait Configuration of the package gatehouse")
    public init(config: Any) { self.init() }
}
#endif
