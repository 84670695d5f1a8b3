/// A resolved principal, and for how long what was loaded for it may be used: see ``Authorizer/cachedAnswer(_:for:)``.
@_spi(Benchmarks) public struct LeasedPrincipal: Sendable {
    let resolved: ResolvedPrincipal
    /// `nil` if nothing was loaded.
    let lease: Lease?
}
