/// The state of the keys of a ``RemoteKeySet``: loaded, stale or unusable.
public enum KeySetState: Sendable, Hashable {
    /// The last load succeeded.
    case loaded
    /// The last load failed for this reason, and the keys of an earlier load stay in use.
    case stale(reason: String)
    /// There is no usable key, for this reason. Tokens are refused, or cannot be checked.
    case unusable(reason: String)

    /// Returns true if both states are equal except for the reason.
    func isSameKind(as other: KeySetState) -> Bool {
        switch (self, other) {
        case (.loaded, .loaded), (.stale, .stale), (.unusable, .unusable): true
        default: false
        }
    }
}
