#if Server
import ArgumentParser
import Foundation
import ServiceLifecycle
import UnixSignals

/// `gatehouse demo`
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Starts a token issuer and an API that it guards, and shows what each kind of caller gets.",
        discussion: """
            Both listen on loopback, on free ports. Prints ready-to-paste `curl` lines with fresh tokens and the answer \
            that each will get; the API's log, with the reason of each refusal, is on standard error. Stops on Ctrl-C. With \
            --once it sends the requests itself, and exits with 0 where every answer is as expected, 1 otherwise.
            """
    )

    @Flag(help: "Send the requests, print what came of them, and stop.")
    var once = false

    @Option(help: ArgumentHelp("Keep the records in this SQLite file; default a temporary one.", valueName: "file"))
    var records: String?

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gatehouse-demo-\(UUID().uuidString)")
        if records == nil { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        defer { if records == nil { try? FileManager.default.removeItem(at: folder) } }
        let demo = try await Demo(records: records ?? folder.appending(path: "gatehouse.db").path)
        let group = ServiceGroup(
            services: demo.services,
            gracefulShutdownSignals: [.sigint, .sigterm],
            logger: DemoServer.silent
        )
        let allAsExpected = try await withThrowingTaskGroup(of: Bool?.self) { tasks in
            tasks.addTask {
                try await group.run()
                return nil
            }
            tasks.addTask {
                let cases = try await demo.cases()
                guard once else {
                    try Self.show(cases)
                    return nil
                }
                let result = try await Self.send(cases, through: demo.client)
                await group.triggerGracefulShutdown()
                return result
            }
            var result = true
            for try await answer in tasks where answer != nil { result = answer == true }
            return result
        }
        if !allAsExpected { throw ExitStatus.no }
    }

    /// Prints what to paste, and what will come of it.
    private static func show(_ cases: [DemoCase]) throws(CommandFailure) {
        try standardOutput(
            "The demo runs until Ctrl-C. Each token is good for an hour, but for those that never were.\n"
        )
        for demoCase in cases {
            try standardOutput("# \(demoCase.who): \(demoCase.expectedStatus)\n\(demoCase.curl)\n")
        }
    }

    /// Sends every request, prints its status beside the expected one, and says whether all were as expected.
    private static func send(_ cases: [DemoCase], through client: DemoClient) async throws -> Bool {
        var allAsExpected = true
        for demoCase in cases {
            let status = try await client.status(of: demoCase)
            let verdict = status == demoCase.expectedStatus ? "as expected" : "EXPECTED \(demoCase.expectedStatus)"
            try standardOutput("\(demoCase.request) as \(demoCase.who) -> \(status) (\(verdict))")
            allAsExpected = allAsExpected && status == demoCase.expectedStatus
        }
        return allAsExpected
    }
}
#endif
