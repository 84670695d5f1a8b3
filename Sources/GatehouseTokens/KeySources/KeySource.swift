/// A source of a verifier's keys.
public protocol KeySource: Sendable {
    /// Returns the keys if they are in memory and may be used. A verifier calls this method first. The method does not wait.
    func keysAtHand() -> KeySet?

    /// Returns the keys, and loads them if necessary.
    ///
    /// - Throws: ``TokenError`` with `jwk-remote-failed-to-load` if there are none.
    func keys() async throws(TokenError) -> KeySet

    /// Returns keys newer than these, in which a token's key was not found; `nil` if no newer keys can be loaded now.
    ///
    /// - Throws: ``TokenError`` with `jwk-remote-failed-to-load` if it is unknown whether there are newer keys.
    func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet?

    /// Keeps the keys current, so that no request has to wait for them, until the task is cancelled. An application runs this method
    /// beside its server. A source without such work returns at once.
    func keepCurrent() async
}

extension KeySource {
    /// Returns at once, since these keys do not change.
    public func keepCurrent() async {}
}

extension KeySet: KeySource {
    /// Returns these keys.
    public func keysAtHand() -> KeySet? { self }
    /// Returns these keys.
    public func keys() async throws(TokenError) -> KeySet { self }
    /// Returns `nil`, since this set does not change.
    public func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet? { nil }
}
