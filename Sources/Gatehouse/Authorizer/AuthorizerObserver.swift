/// Hears what becomes of an ``Authorizer`` and of what it relies on, for logs and metrics. `AuthorizerLog` of GatehouseHTTP writes what
/// it hears.
///
/// An authorizer tells one thing at a time, in their order and each change once, and tells it to the code that noticed the change: so an
/// observer must not block. All texts are fit for a log: short and in one line. A reason has the words of the error that a source
/// or a bus threw; nothing else here has data about people.
public protocol AuthorizerObserver: Sendable {
    /// The membership source has begun to fail, or works again. A source that answers at first has not changed.
    ///
    /// It fails from its first failure on, or from the first load that was one too many, and works again when it answers once nothing has
    /// failed for ten seconds: so one that fails now and then is told of once.
    func memberships(became state: Authorizer.DependencyState)

    /// The invalidation bus has fallen silent, or is heard again: <doc:Bounds> tells how long what is remembered serves while it is silent.
    ///
    /// It fails where ``Authorizer/followBus()`` throws, and where no heartbeat came for as long as the cache's
    /// ``PermissionCache/Configuration/disconnectedTimeToLive``.
    func bus(became state: Authorizer.DependencyState)

    /// The policy in force was replaced, or could not be.
    func policy(_ change: Authorizer.PolicyChange)

    /// ``Authorizer/warnings`` has something to say of the policy in force, and something else than of the one before.
    func policy(warns warnings: [String])
}
