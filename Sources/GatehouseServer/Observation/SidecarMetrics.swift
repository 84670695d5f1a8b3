#if Server
import CoreMetrics
import Gatehouse
import Synchronization

/// The counters of the sidecar.
///
/// | name | meaning |
/// |---|---|
/// | `gatehouse_http_requests_total{endpoint,status}` | answers |
/// | `gatehouse_http_request_duration_seconds{endpoint}` | the time of each answer |
/// | `gatehouse_policy_reloads_total{outcome}` | reloads, `loaded` or `refused` |
/// | `gatehouse_policy_loaded_timestamp` | when the policy in force was loaded, in Unix seconds |
/// | `gatehouse_permission_cache_…` | what the permission cache counts |
final class SidecarMetrics: Sendable {
    let registry = PrometheusMetrics()

    /// The counters by the index of the endpoint and the status.
    private let counters = Mutex<[Int: Counter]>([:])
    private let timers: [Timer]
    private let loadedAt: Meter

    init() {
        timers = Endpoint.allCases.map { [registry] endpoint in
            Timer(
                label: "gatehouse.http.request.duration",
                dimensions: [("endpoint", endpoint.name)],
                factory: registry
            )
        }
        loadedAt = Meter(label: "gatehouse.policy.loaded_timestamp", dimensions: [], factory: registry)
        for outcome in ["loaded", "refused"] { reloads(outcome).increment(by: 0) }
    }

    func answered(_ endpoint: Endpoint, status: Int, in time: Duration) {
        let key = endpoint.rawValue << 16 | status
        let counter = counters.withLock { counters in
            if let known = counters[key] { return known }
            let counter = Counter(
                label: "gatehouse.http.requests",
                dimensions: [("endpoint", endpoint.name), ("status", "\(status)")],
                factory: registry
            )
            counters[key] = counter
            return counter
        }
        counter.increment()
        let (seconds, attoseconds) = time.components
        timers[endpoint.rawValue].recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    func policyLoaded(at time: Timestamp) {
        reloads("loaded").increment()
        loadedAt.set(time.seconds)
    }

    func policyReloaded(_ isLoaded: Bool, at time: Timestamp) {
        if isLoaded { policyLoaded(at: time) } else { reloads("refused").increment() }
    }

    private func reloads(_ outcome: String) -> Counter {
        Counter(label: "gatehouse.policy.reloads", dimensions: [("outcome", outcome)], factory: registry)
    }
}
#endif
