import Foundation

/// The outcomes of the rounds, and the gates that they pass or fail.
struct Report {
    private let contenders: [Contender]
    private var outcomes: [Contender: [Load.Outcome]] = [:]

    init(_ contenders: [Contender]) {
        self.contenders = contenders
    }

    mutating func add(_ outcome: Load.Outcome, of contender: Contender) {
        outcomes[contender, default: []].append(outcome)
    }

    /// Prints a table, and the gates.
    func passes() -> Bool {
        print(row("a route of a server on one processor", "requests/s", "of bare", "µs a request"))
        for contender in contenders {
            print(
                row(
                    contender.rawValue,
                    String(format: "%.0f", median(of: contender, \.requestsPerSecond)),
                    String(format: "%.3f", rate(of: contender)),
                    String(format: "%.1f", median(of: contender, \.processorTime))
                )
            )
        }
        return contenders.map(passes).allSatisfy { $0 }
    }

    private func passes(_ contender: Contender) -> Bool {
        guard let promise = contender.promise else { return true }
        let isKept = rate(of: contender) >= promise
        let value = String(format: "%.3f", rate(of: contender))
        print(
            isKept ? "pass" : "FAIL",
            "\(contender.rawValue) / \(contender.base.rawValue): requests",
            value,
            "(>= \(promise))"
        )
        return isKept
    }

    /// The rate beside that of the same server without a guard in the same round, which ran within seconds: the machine drifts.
    private func rate(of contender: Contender) -> Double {
        let ratios = zip(outcomes[contender] ?? [], outcomes[contender.base] ?? []).map {
            $0.requestsPerSecond / $1.requestsPerSecond
        }
        return median(ratios)
    }

    private func median(of contender: Contender, _ value: (Load.Outcome) -> Double) -> Double {
        median((outcomes[contender] ?? []).map(value))
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }

    private func row(_ cells: String...) -> String {
        zip(cells, [40, 12, 10, 12]).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined()
    }
}
