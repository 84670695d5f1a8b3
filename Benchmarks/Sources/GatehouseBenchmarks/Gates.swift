import Foundation

/// What is promised: printed, and where the run itself decides, checked.
struct Gates {
    private let measurements: [String: Measurement]

    init(_ measurements: [String: Measurement]) {
        self.measurements = measurements
    }

    func check() -> Bool {
        for measurement in measurements.values.sorted(by: { $0.median < $1.median }) {
            print(
                pad(measurement.name, 32),
                pad(String(format: "%10.1f ns", measurement.median), 16),
                String(format: "%.2f allocations", measurement.allocations)
            )
        }
        print("\nTimes are medians of interleaved rounds; they are reported, not gated: machines drift.")
        let passed = [
            allocations("cached check by strings", atMost: 0),
            allocations("resolved check", atMost: 0),
            allocations("RS256, cold, token to claims", besides: "RS256, libcrypto alone", atMost: 12),
            ratio("RS256, cold, token to claims", to: "RS256, libcrypto alone", atMost: 1.3),
            ratio("RS256, jwt-kit", to: "RS256, cold, token to claims", atLeast: 1.5),
        ]
        return passed.allSatisfy { $0 }
    }

    private func allocations(_ name: String, atMost limit: Double) -> Bool {
        // Below a thousandth an operation it is the runtime's own background work.
        gate(
            "\(name): allocations",
            measurements[name]?.allocations,
            { ($0 * 1_000).rounded() / 1_000 <= limit },
            "<= \(limit)"
        )
    }

    /// Allocations beyond those that libcrypto itself makes, which differ from version to version.
    private func allocations(_ name: String, besides other: String, atMost limit: Double) -> Bool {
        let own = measurements[other].flatMap { other in measurements[name].map { $0.allocations - other.allocations } }
        return gate("\(name): allocations besides libcrypto's", own, { $0 <= limit }, "<= \(limit)")
    }

    private func ratio(_ name: String, to other: String, atMost limit: Double) -> Bool {
        gate("\(name) / \(other)", ratio(name, other), { $0 <= limit }, "<= \(limit)")
    }

    private func ratio(_ name: String, to other: String, atLeast limit: Double) -> Bool {
        gate("\(name) / \(other)", ratio(name, other), { $0 >= limit }, ">= \(limit)")
    }

    private func ratio(_ name: String, _ other: String) -> Double? {
        measurements[other].flatMap { measurements[name]?.ratio(to: $0) }
    }

    private func gate(_ name: String, _ value: Double?, _ passes: (Double) -> Bool, _ limit: String) -> Bool {
        let passed = value.map(passes) ?? false
        print(passed ? "pass" : "FAIL", pad(name, 66), String(format: "%.3f", value ?? .nan), "(\(limit))")
        return passed
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
    }
}
