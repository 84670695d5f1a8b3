/// A source of a verifier's keys.
public protocol KeySource: Sendable {
    /// The keys, if they are at hand and may serve. Asked first; it does not wait.
    func keysAtHand() -> KeySet?

    /// The keys, loaded if need be.
    ///
    /// - Throws: ``TokenError`` with `jwk-remote-failed-to-load` where there are none.
    func keys() async throws(TokenError) -> KeySet

    /// Keys newer than these, in which a token's key was not found; `nil` if there are none to be had now.
    ///
    /// - Throws: ``TokenError`` with `jwk-remote-failed-to-load` where it could not be found out.
    func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet?

    /// Keeps the keys current, so that no request has to wait for them, until the task is cancelled. Whoever runs a server runs this
    /// beside it. A source that has nothing to do for that returns at once.
    func keepCurrent() async
}

extension KeySource {
    /// There is nothing to keep current.
    public func keepCurrent() async {}
}

extension KeySet: KeySource {
    /// These keys.
    public func keysAtHand() -> KeySet? { self }
    /// These keys.
    public func keys() async throws(TokenError) -> KeySet { self }
    /// None: this set does not change.
    public func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet? { nil }
}
