#if Server
import Gatehouse
import GatehouseBase
import GatehouseTokens
import HTTPTypes
import Synchronization

/// The health of the sidecar, with the failures that keep it from answering.
final class Health: KeySetObserver {
    private struct State {
        /// The state of the keys after the last load.
        var keys: KeySetState?
        var keySource: (any KeySource)?
        var entitiesFailure: String?
        var storeFailure: String?
        /// The cache, which is connected while the bus between the nodes is heard; `nil` if there is no bus.
        var cache: PermissionCache?
    }

    private let state = Mutex(State())
    private let policy: CurrentPolicy
    private let hasStore: Bool
    private let others: [any KeySetObserver]

    init(
        policy: CurrentPolicy,
        hasStore: Bool,
        others: [any KeySetObserver] = []
    ) {
        (self.policy, self.hasStore, self.others) = (policy, hasStore, others)
    }

    /// Includes the state of these keys.
    func watch(_ keys: any KeySource) { state.withLock { $0.keySource = keys } }

    /// Includes the state of the bus that keeps this cache in step with other nodes.
    func watch(_ cache: PermissionCache) { state.withLock { $0.cache = cache } }

    func keySet(at address: String, became state: KeySetState) {
        self.state.withLock { $0.keys = state }
        for other in others { other.keySet(at: address, became: state) }
    }

    func keySet(at address: String, refused keys: [KeySet.Refusal]) {
        for other in others { other.keySet(at: address, refused: keys) }
    }

    func keySet(at address: String, tookToLoad time: Duration) {
        for other in others { other.keySet(at: address, tookToLoad: time) }
    }

    func entitiesFailed(_ reason: String?) { state.withLock { $0.entitiesFailure = reason } }

    func storeFailed(_ reason: String?) { state.withLock { $0.storeFailure = reason } }

    /// The answer about readiness: 200 if all needed parts work, and otherwise 503, with the state of each part.
    var answer: Answer {
        let state = state.withLock { $0 }
        var isReady = true
        var members: [JSONMember] = []
        func add(_ name: String, _ status: String, _ reason: String?, _ more: [JSONMember] = []) {
            var part = [JSONMember("status", .string(status))] + more
            if let reason { part.append(JSONMember("reason", .string(reason.inOneLine(upTo: 256)))) }
            members.append(JSONMember(name, .object(part)))
        }
        if let keySource = state.keySource {
            switch (keySource.keysAtHand(), state.keys) {
            case (nil, .unusable(let reason)?), (nil, .stale(let reason)?):
                isReady = false
                add("keys", "unavailable", reason)
            case (nil, _):
                isReady = false
                add("keys", "loading", nil)
            case (let keys?, _) where keys.keys.isEmpty:
                isReady = false
                add("keys", "unavailable", "there is no usable key")
            case (_, .stale(let reason)?), (_, .unusable(let reason)?): add("keys", "stale", reason)
            default: add("keys", "loaded", nil)
            }
        } else {
            add("keys", "none", nil)
        }
        let revision = JSONMember("revision", .string(policy.engine.revision.text))
        if let failure = policy.failure {
            add("policy", "stale", failure.message, [revision])
        } else {
            add("policy", "loaded", nil, [revision])
        }
        if let reason = state.entitiesFailure { add("entities", "stale", reason) }
        if hasStore {
            if state.storeFailure != nil { isReady = false }
            add("store", state.storeFailure == nil ? "ok" : "unavailable", state.storeFailure)
        } else {
            add("store", "none", nil)
        }
        if let cache = state.cache {
            // A node that hears nothing still decides, and asks the store each time.
            add("nodes", cache.isConnected ? "connected" : "silent", nil)
        }
        members.insert(JSONMember("ready", .bool(isReady)), at: 0)
        return .json(.object(members), status: isReady ? .ok : .serviceUnavailable)
    }
}
#endif
