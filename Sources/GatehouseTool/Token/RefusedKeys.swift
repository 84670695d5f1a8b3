#if Server
import GatehouseTokens

/// Says on standard error which keys are not used, and why.
struct RefusedKeys: KeySetObserver {
    static func report(_ refused: [KeySet.Refusal], of place: String) {
        for refusal in refused { standardError("\(place): not used: \(refusal)") }
    }

    func keySet(at address: String, refused keys: [KeySet.Refusal]) { Self.report(keys, of: address) }

    /// Nothing: the answers say so.
    func keySet(at address: String, became state: KeySetState) {}
}
#endif
