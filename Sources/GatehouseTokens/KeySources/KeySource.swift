/// A source of a verifier's keys.
public protocol KeySource: Sendable {
    /// Returns the keys, if they are at hand and may serve. A verifier calls this method first; the method does not wait.
    func keysAtHand() -> KeySet?

    /// Returns the keys, loaded if need be.
    ///
    /// - Throws: ``TokenError`` with `jwk-remote-failed-to-load` where there are none.
    func keys() async throws(TokenError) -> KeySet

    /// Keys newer than these, in which a token's key was not found; `nil` if no newer keys can be loaded now.
    ///
    /// - Throws: ``TokenError`` with `jwk-remote-failed-to-load` if it is unknown whether there are newer keys.
    func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet?

    /// Keeps the keys current, so that no request has to wait for them, until the task is cancelled. An application runs this method
    /// beside its server. A source without such work returns at once.
    func keepCurrent() async
}

extension KeySource {
    /// Returns at once: there is nothing to keep current.
    public func keepCurrent() async {}
}

extension KeySet: KeySource {
    /// These keys.
    public func keysAtHand() -> KeySet? { self }
    /// These keys.
    public func keys() async throws(TokenError) -> KeySet { self }
    /// No keys: this set does not change.
    public func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet? { nil }
}
