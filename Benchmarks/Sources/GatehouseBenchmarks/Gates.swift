import Foundation

/// What is promised: printed, and where the run itself decides, checked.
struct Gates {
    private let measurements: [String: Measurement]

    init(_ measurements: [Measurement]) {
        self.measurements = Dictionary(measurements.map { ($0.name, $0) }) { first, _ in first }
    }

    func check() -> Bool {
        for measurement in measurements.values.sorted(by: { $0.median < $1.median }) {
            print(
                Self.pad(measurement.name, 34),
                Self.pad(String(format: "%10.1f ns", measurement.median), 16),
                Self.pad(String(format: "%.2f allocations", measurement.allocations), 20),
                measurement.promise.map { String(format: "(promised: %.0f ns)", $0) } ?? ""
            )
        }
        if let (with, without) = difference("allowed by a condition", "allowed without a condition") {
            print("A condition costs", String(format: "%.0f ns more (promised: at most 500 ns)", with - without))
        }
        if let (own, hash) = difference("remembered token", "SHA-256 of a token") {
            print(
                "A remembered token costs",
                String(format: "%.0f ns more than its SHA-256 (promised: at most 500 ns)", own - hash)
            )
        }
        for name in ["guarded request", "guarded request, a store"] {
            guard let (own, hash) = difference(name, "SHA-256 of a token") else { continue }
            print(
                "A \(name) costs",
                String(format: "%.0f ns more than its token's SHA-256 (promised: at most 1200 ns)", own - hash)
            )
        }
        print(
            "\nTimes are medians of interleaved rounds; they are reported, not gated: machines drift. Ratios are of the fastest rounds, those of two tasks of the medians."
        )
        let passed = [
            allocations("cached, hot, typed permission", atMost: 0),
            allocations("cached, hot, by strings", atMost: 0),
            allocations("cached, hot, long ids", atMost: 0),
            allocations("asked, hot, typed permission", atMost: 0),
            ratio("asked, hot, typed permission", to: "cached, hot, asked likewise", atMost: 1.1),
            allocations("cached, random, typed permission", atMost: 0),
            allocations("cached, random, by strings", atMost: 0),
            allocations("cached, resolved principal", atMost: 0),
            ratio("cached, hot, plain dictionary", to: "cached, hot, by strings", atLeast: 3),
            ratio("cached, hot, plain actor", to: "cached, hot, by strings", atLeast: 8),
            medians("cached, hot, plain actor, two tasks", to: "cached, hot, by strings", atLeast: 8),
            ratio("cached, random, plain dictionary", to: "cached, random, by strings", atLeast: 3),
            // 220 ns are promised of a machine on which that dictionary takes 890.
            ratio("cached, random, plain dictionary", to: "cached, random, typed permission", atLeast: 4),
            medians("cached, random, plain actor, two tasks", to: "cached, random, by strings", atLeast: 8),
            // 15 ns are promised: 3 times what the clock takes on machines that read it in 5. It was 2.2 to 2.6 times.
            ratio("cached, resolved principal", to: "the clock read", atMost: 3),
            allocations("resolved check", atMost: 0),
            allocations("resolved, five grants, allowed", atMost: 0),
            allocations("resolved, five grants, denied", atMost: 0),
            allocations("resolved, large", atMost: 0),
            ratio("resolved, large", to: "resolved, small", atMost: 1.3),
            allocations("uncached, five grants", atMost: 0),
            allocations("uncached, large", atMost: 0),
            ratio("uncached, large", to: "uncached, small", atMost: 1.3),
            ratio("sets united for each check", to: "uncached, five grants", atLeast: 2.5),
            ratio("sets united for each check", to: "resolved, five grants, allowed", atLeast: 20),
            allocations("RS256, cold, token to claims", besides: "RS256, libcrypto alone", atMost: 3),
            ratio("RS256, cold, token to claims", to: "RS256, libcrypto alone", atMost: 1.15),
            ratio("RS256, jwt-kit", to: "RS256, cold, token to claims", atLeast: 2.5),
            allocations("remembered token", atMost: 4),
            ratio("remembered token", to: "SHA-256 of a token", atMost: 1.5),
            allocations("guarded request", atMost: 8),
            allocations("guarded request, a store", atMost: 8),
            beside("guarded request", "SHA-256 of a token", atMost: 1_200),
            beside("guarded request, a store", "SHA-256 of a token", atMost: 1_200),
            ratio("refused: wrong algorithm", to: "SHA-256 of a token", atMost: 1.2),
            ratio("refused: unknown kid", to: "SHA-256 of a token", atMost: 1.2),
        ]
        return passed.allSatisfy { $0 }
    }

    private func difference(_ name: String, _ other: String) -> (Double, Double)? {
        measurements[name].flatMap { own in measurements[other].map { (own.median, $0.median) } }
    }

    private func allocations(_ name: String, atMost limit: Double) -> Bool {
        // Below a thousandth an operation it is the runtime's own background work.
        let rounded = measurements[name].map { ($0.allocations * 1_000).rounded() / 1_000 }
        return Self.gate("\(name): allocations", rounded, atMost: limit)
    }

    /// By how many nanoseconds one takes longer than another in the fastest rounds.
    private func beside(_ name: String, _ other: String, atMost limit: Double) -> Bool {
        let fastest = [name, other].compactMap { measurements[$0]?.nanoseconds.min() }
        return Self.gate(
            "\(name): ns beside \(other)",
            fastest.count == 2 ? fastest[0] - fastest[1] : nil,
            atMost: limit
        )
    }

    /// Allocations beyond those that libcrypto itself makes, which differ from version to version.
    private func allocations(_ name: String, besides other: String, atMost limit: Double) -> Bool {
        let own = measurements[other].flatMap { other in measurements[name].map { $0.allocations - other.allocations } }
        return Self.gate("\(name): allocations besides libcrypto's", own, atMost: limit)
    }

    private func ratio(_ name: String, to other: String, atMost limit: Double) -> Bool {
        Self.gate("\(name) / \(other)", ratio(name, other), atMost: limit)
    }

    private func ratio(_ name: String, to other: String, atLeast limit: Double) -> Bool {
        Self.gate("\(name) / \(other)", ratio(name, other), atLeast: limit)
    }

    /// Of tasks that meet by chance the fastest round is the one in which they did not: here the medians count.
    private func medians(_ name: String, to other: String, atLeast limit: Double) -> Bool {
        let ratio = measurements[name].flatMap { own in measurements[other].map { own.median / $0.median } }
        return Self.gate("\(name) / \(other)", ratio, atLeast: limit)
    }

    private func ratio(_ name: String, _ other: String) -> Double? {
        measurements[other].flatMap { measurements[name]?.ratio(to: $0) }
    }

    /// Prints a value and whether it keeps to its limits; one that is missing does not.
    static func gate(_ name: String, _ value: Double?, atMost high: Double = .infinity, atLeast low: Double = 0) -> Bool
    {
        let passed = value.map { low <= $0 && $0 <= high } ?? false
        let limit = high < .infinity ? "<= \(high)" : ">= \(low)"
        print(passed ? "pass" : "FAIL", pad(name, 66), String(format: "%.3f", value ?? .nan), "(\(limit))")
        return passed
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
    }
}
