#if Server
import GatehouseTokens

/// An observer that warns on standard error of unused keys, with the reasons.
struct RefusedKeys: KeySetObserver {
    static func report(_ refused: [KeySet.Refusal], of place: String) {
        for refusal in refused { standardError("\(place): not used: \(refusal)") }
    }

    func keySet(at address: String, refused keys: [KeySet.Refusal]) { Self.report(keys, of: address) }

    /// Does nothing, since the answers show the state.
    func keySet(at address: String, became state: KeySetState) {}
}
#endif
