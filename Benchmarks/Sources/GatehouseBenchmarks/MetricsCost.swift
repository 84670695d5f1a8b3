import Foundation
import GatehouseHTTP

/// The cost of metrics to a guarded request with a remembered token: with a backend that counts, and with none.
enum MetricsCost {
    static func passes() async throws -> Bool {
        let plain = try await RememberedRequest(hasStore: false)
        let unheard = try await RememberedRequest(hasStore: false, metrics: DecisionMetrics())
        let heard = try await RememberedRequest(hasStore: false, metrics: DecisionMetrics(factory: CountingMetrics()))
        let measurements = try await measure(
            [
                Benchmark("guarded request", iterations: 2_000) { try await plain.guarded($0) },
                Benchmark("guarded request, metrics, no backend", iterations: 2_000) { try await unheard.guarded($0) },
                Benchmark("guarded request, metrics", iterations: 2_000) { try await heard.guarded($0) },
            ],
            rounds: 401
        )
        for measurement in measurements {
            print(
                measurement.name.padding(toLength: 40, withPad: " ", startingAt: 0),
                String(format: "%8.1f ns %6.2f allocations", measurement.median, measurement.allocations)
            )
        }
        let fastest = measurements.map { $0.nanoseconds.min() ?? .nan }
        // Nobody feels half a microsecond in a request.
        return measurements.indices.dropFirst().map {
            Gates.gate("\(measurements[$0].name): ns beside those without", fastest[$0] - fastest[0], atMost: 500)
        }.allSatisfy { $0 }
    }
}
