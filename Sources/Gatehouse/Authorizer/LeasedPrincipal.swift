/// A resolved principal with the lease of its loaded roles: see ``Authorizer/cachedAnswer(_:for:)``.
@_spi(Benchmarks) public struct LeasedPrincipal: Sendable {
    /// The principal, whose answers do not depend on the lease.
    public let principal: ResolvedPrincipal
    /// The lease; `nil` if no roles were loaded.
    let lease: Lease?
}
