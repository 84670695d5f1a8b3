/// Where a verifier's keys come from.
public protocol KeySource: Sendable {
    /// The keys, if they are at hand and may serve. Asked first; it does not wait.
    func keysAtHand() -> KeySet?

    /// The keys, loaded if need be.
    ///
    /// - Throws: ``TokenError`` with `jwk-remote-failed-to-load` where there are none.
    func keys() async throws(TokenError) -> KeySet

    /// Keys newer than these, in which a token's key was not found; nil where there are none to be had now.
    ///
    /// - Throws: ``TokenError`` with `jwk-remote-failed-to-load` where it could not be found out.
    func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet?
}

extension KeySet: KeySource {
    /// These keys.
    public func keysAtHand() -> KeySet? { self }
    /// These keys.
    public func keys() async throws(TokenError) -> KeySet { self }
    /// None: this set does not change.
    public func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet? { nil }
}
