import Foundation

/// What was measured, and whether that keeps what is promised.
struct Report {
    private var rates: [Contender: [Double]] = [:]
    private(set) var passes = true

    mutating func add(_ rate: Double, of contender: Contender) {
        rates[contender, default: []].append(rate)
    }

    func medianRate(of contender: Contender) -> Double { median(rates[contender] ?? []) }

    /// Prints the rates, and the gates on them.
    mutating func printRates() {
        print(row("a server on one processor", "requests/s", "of bare", "µs a request"))
        for contender in Contender.allCases {
            let rate = medianRate(of: contender)
            print(
                row(
                    contender.rawValue,
                    String(format: "%.0f", rate),
                    String(format: "%.3f", ratio(of: contender)),
                    String(format: "%.1f", 1e6 / rate)
                )
            )
        }
        for contender in Contender.allCases {
            guard let promise = contender.promise else { continue }
            let (ratio, name) = (ratio(of: contender), "\(contender.rawValue) / \(contender.base.rawValue): requests")
            let isKept = ratio >= promise
            passes = passes && isKept
            print(isKept ? "pass" : "FAIL", name, String(format: "%.3f", ratio), "(>= \(promise))")
        }
    }

    mutating func gate(_ name: String, _ value: Double, atMost limit: Double, _ unit: String) {
        let isKept = value <= limit
        passes = passes && isKept
        print(isKept ? "pass" : "FAIL", name, String(format: "%.1f", value), unit, String(format: "(<= %.0f)", limit))
    }

    /// The rate beside that of the bare server in the same round, which ran within seconds: the machine drifts.
    private func ratio(of contender: Contender) -> Double {
        median(zip(rates[contender] ?? [], rates[contender.base] ?? []).map { $0 / $1 })
    }

    private func row(_ cells: String...) -> String {
        zip(cells, [40, 12, 10, 12]).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined()
    }
}
