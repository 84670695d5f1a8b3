/// An observer of a ``RemoteKeySet``, for logs and metrics. `KeySetLog` of GatehouseHTTP writes the news to a log.
///
/// A key set tells one thing at a time and waits for the return, so an observer must not block. Addresses are without user
/// info, query and fragment. All texts are fit for a log: short, and printable but for quotation marks.
public protocol KeySetObserver: Sendable {
    /// The state of the keys has changed. A set that loads at the first attempt has not changed.
    func keySet(at address: String, became state: KeySetState)

    /// A loaded set has keys that are not used, and these keys differ from those of the load before.
    func keySet(at address: String, refused keys: [KeySet.Refusal])

    /// A load succeeded, and took more than half of its deadline.
    func keySet(at address: String, tookToLoad time: Duration)
}

extension KeySetObserver {
    /// Does nothing.
    public func keySet(at address: String, refused keys: [KeySet.Refusal]) {}
    /// Does nothing.
    public func keySet(at address: String, tookToLoad time: Duration) {}
}
