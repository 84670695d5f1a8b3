/// An observer of a ``RemoteKeySet``, for logs and metrics. `KeySetLog` of GatehouseHTTP writes the news to a log.
///
/// A key set reports one event at a time and waits for the return, so that an observer must not block. Addresses have no user info, query
/// and fragment. All texts are fit for a log: short, and printable except for quotation marks.
public protocol KeySetObserver: Sendable {
    /// Tells the observer that the state of the keys has changed. A set that loads at the first attempt has not changed.
    func keySet(at address: String, became state: KeySetState)

    /// Tells the observer that a loaded set has unused keys, and that they differ from those of the previous load.
    func keySet(at address: String, refused keys: [KeySet.Refusal])

    /// Tells the observer that a load succeeded and took more than half of its deadline.
    func keySet(at address: String, tookToLoad time: Duration)
}

extension KeySetObserver {
    /// Does nothing.
    public func keySet(at address: String, refused keys: [KeySet.Refusal]) {}
    /// Does nothing.
    public func keySet(at address: String, tookToLoad time: Duration) {}
}
