/// A resolved principal, and for how long what was loaded for it may be used: see ``Authorizer/cachedAnswer(_:for:)``.
@_spi(Benchmarks) public struct LeasedPrincipal: Sendable {
    /// The principal, which answers whatever became of the loaded roles.
    public let principal: ResolvedPrincipal
    /// `nil` if nothing was loaded.
    let lease: Lease?
}
