#if Server
import GatehouseTokens

/// Warns on standard error of keys that are not used, with the reasons.
struct RefusedKeys: KeySetObserver {
    static func report(_ refused: [KeySet.Refusal], of place: String) {
        for refusal in refused { standardError("\(place): not used: \(refusal)") }
    }

    func keySet(at address: String, refused keys: [KeySet.Refusal]) { Self.report(keys, of: address) }

    /// Says nothing: the answers tell of the state.
    func keySet(at address: String, became state: KeySetState) {}
}
#endif
