/// Hears of changes of an ``Authorizer`` and of its dependencies, for logs and metrics. `AuthorizerLog` of GatehouseHTTP writes them to a
/// log.
///
/// An authorizer tells each change once, one at a time and in their order. The code that noticed the change waits meanwhile: an observer
/// must not block. All texts are fit for a log: short and in one line. A reason repeats the error of a source or a bus; no other text has
/// personal data.
public protocol AuthorizerObserver: Sendable {
    /// The membership source has begun to fail, or works again. The first answer of a source is no change.
    ///
    /// A source fails from its first failure on, or from the first load that was one too many. It works again with the first answer after
    /// ten seconds without a failure: a source that fails now and then is told of once.
    func memberships(became state: Authorizer.DependencyState)

    /// The invalidation bus has fallen silent, or is heard again: <doc:Bounds> tells how long the cache keeps roles meanwhile.
    ///
    /// The bus fails if ``Authorizer/followBus()`` throws, or if no heartbeat came for the time of the cache's
    /// ``PermissionCache/Configuration/disconnectedTimeToLive``.
    func bus(became state: Authorizer.DependencyState)

    /// The policy in force was replaced, or another policy was refused.
    func policy(_ change: Authorizer.PolicyChange)

    /// The policy in force has ``Authorizer/warnings``, and other ones than the policy before.
    func policy(warns warnings: [String])
}
