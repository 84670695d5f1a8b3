#if Server
import ArgumentParser
import Gatehouse
import GatehousePolicyFiles

/// The command `gatehouse policy test`.
struct PolicyTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Runs test documents: checks, each with the answer that it must have.",
        discussion: """
            A test document, in YAML or JSON, names a policy document by its path from the folder that it stands in:

              policy: policy.yaml
              tests:
                - name: a member reads invoices
                  principal: { id: user_1, organization: org_1, roles: [org:member] }
                  permission: org:invoices:read
                  expect: allow

            A test may also have `resource`, `action`, `context` and `at`, as a check has. All documents are read \
            before the first test runs.

            Each test is answered by a line of JSON with `name`, `passed`, `expected`, `actual` and `reasons`. The last \
            line has the numbers of `passed` and `failed` tests, and `coverage`: how many percent of the policies' \
            `grants`, `denies` and `rules` decided some test, rounded down; 100 where there are none.

            Exits with 0 where every test passed, 1 where one failed or coverage is too low, 2 where there is no test or \
            a document cannot be used.
            """
    )

    @Argument(help: ArgumentHelp("Test documents, in YAML or JSON.", valueName: "file"), completion: .file())
    var files: [String]

    @Option(
        help: ArgumentHelp("The least coverage, of grants, denies and rules each (default: 0).", valueName: "percent"),
        transform: Self.percent
    )
    var minCoverage: Double = 0

    private static func percent(_ argument: String) throws -> Double {
        guard let percent = Double(decimal: argument), (0...100).contains(percent) else {
            throw ValidationError("--min-coverage is a number from 0 to 100.")
        }
        return percent
    }

    func run() async throws {
        let now = WallClock.system.now()
        let files = try files.mapEach { (path) throws(CommandFailure) in try PolicyTestFile(reading: path, now: now) }
        var policies = try TestedPolicies(of: files)
        guard files.contains(where: { !$0.tests.isEmpty }) else {
            throw CommandFailure(self.files.map { "\($0): there is no test in it" }.joined(separator: "\n"))
        }
        var (passed, failed) = (0, 0)
        for file in files {
            for test in file.tests {
                let decision = try policies.decide(test.check, by: file)
                if decision.isAllowed == test.expectsAllow { passed += 1 } else { failed += 1 }
                try standardOutput(JSONValue(decision, of: test).description)
            }
        }
        let coverage = policies.coverage
        let summary: JSONValue = [
            "passed": .number(JSONNumber(passed)), "failed": .number(JSONNumber(failed)),
            "coverage": .object(coverage.map { JSONMember($0.name, .number($0.count.roundedPercent)) }),
        ]
        try standardOutput(summary.description)
        let uncovered = coverage.filter { $0.count.percent < minCoverage }
        for (name, count) in uncovered {
            standardError("\(name): \(count.covered) of \(count.total) covered, which is less than \(minCoverage) %")
        }
        if failed > 0 || !uncovered.isEmpty { throw ExitStatus.no }
    }
}

extension JSONValue {
    /// Makes the result of a test.
    fileprivate init(_ decision: Decision, of test: PolicyTestDocument.Test) {
        func word(_ isAllowed: Bool) -> JSONValue { isAllowed ? "allow" : "deny" }
        self = [
            "name": .string(test.name), "passed": .bool(decision.isAllowed == test.expectsAllow),
            "expected": word(test.expectsAllow), "actual": word(decision.isAllowed),
            "reasons": JSONValue(decision.reasons),
        ]
    }
}

extension PolicyCoverage.Count {
    /// The percentage with at most one decimal, rounded down, so that 100 means complete coverage.
    fileprivate var roundedPercent: JSONNumber {
        let tenths = total == 0 ? 1_000 : covered * 1_000 / total
        return JSONNumber(unchecked: tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)")
    }
}
#endif
