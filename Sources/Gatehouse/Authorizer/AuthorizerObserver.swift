/// An observer of the changes of an ``Authorizer`` and of its dependencies, for logs and metrics. `AuthorizerLog` of GatehouseHTTP writes
/// them to a log.
///
/// An authorizer reports each change once, one at a time and in order. The code that noticed the change waits meanwhile, so that an
/// observer must not block. All texts are fit for a log: short and in one line. A reason repeats the error of a source or a bus. No other
/// text contains personal data.
public protocol AuthorizerObserver: Sendable {
    /// Tells the observer that the membership source has begun to fail, or works again. The first answer of a source is not a change.
    ///
    /// A source fails from its first failure on, or from the first load beyond the limit. It works again with the first answer after ten
    /// seconds without a failure, so that a source which fails now and then is reported once.
    func memberships(became state: Authorizer.DependencyState)

    /// Tells the observer that the invalidation bus has fallen silent, or works again. <doc:Bounds> has the time for which the cache keeps
    /// roles meanwhile.
    ///
    /// The bus fails if ``Authorizer/followBus()`` throws, or if no heartbeat came for the time of the cache's
    /// ``PermissionCache/Configuration/disconnectedTimeToLive``.
    func bus(became state: Authorizer.DependencyState)

    /// Tells the observer that the current policy was replaced, or that another policy was refused.
    func policy(_ change: Authorizer.PolicyChange)

    /// Tells the observer that the current policy has ``Authorizer/warnings`` that differ from those of the previous policy.
    func policy(warns warnings: [String])
}
