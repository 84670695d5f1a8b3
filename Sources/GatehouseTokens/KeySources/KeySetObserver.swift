/// Hears what becomes of a ``RemoteKeySet``, for logs and metrics. `KeySetLog` of GatehouseHTTP writes what it hears.
///
/// A key set tells one thing at a time and waits for the return, so an observer must not block. Addresses are without user
/// info, query and fragment. All texts are fit for a log: short, and printable but for quotation marks.
public protocol KeySetObserver: Sendable {
    /// Whether keys can be had has changed. A set that loads at the first attempt has not changed.
    func keySet(at address: String, became state: KeySetState)

    /// A loaded set has keys that are not used, and they are others than those of the load before.
    func keySet(at address: String, refused keys: [KeySet.Refusal])

    /// A load succeeded and took more than half of the time that it may take.
    func keySet(at address: String, tookToLoad time: Duration)
}

extension KeySetObserver {
    /// Nothing.
    public func keySet(at address: String, refused keys: [KeySet.Refusal]) {}
    /// Nothing.
    public func keySet(at address: String, tookToLoad time: Duration) {}
}
