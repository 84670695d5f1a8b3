/// The state of the keys of a ``RemoteKeySet``: loaded, stale or unusable.
public enum KeySetState: Sendable, Hashable {
    /// The last load succeeded.
    case loaded
    /// The last load failed for this reason, and the keys of an earlier load serve on.
    case stale(reason: String)
    /// There is no usable key, for this reason: tokens are refused, or cannot be judged.
    case unusable(reason: String)

    /// Returns true if both states are equal but for the reason.
    func isSameKind(as other: KeySetState) -> Bool {
        switch (self, other) {
        case (.loaded, .loaded), (.stale, .stale), (.unusable, .unusable): true
        default: false
        }
    }
}
