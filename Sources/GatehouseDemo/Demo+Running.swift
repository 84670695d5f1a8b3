#if Hummingbird && Curl
import ServiceLifecycle
import UnixSignals

extension Demo {
    /// Prints the requests and serves until Ctrl-C. With `once`, sends the requests, prints each result, and stops.
    ///
    /// - Parameters:
    ///   - once: True to send the requests.
    ///   - print: A closure that writes a line to the user's terminal.
    /// - Returns: True if every answer was as expected, or if no request was sent.
    package func run(
        once: Bool,
        print: @escaping @Sendable (String) throws -> Void
    ) async throws -> Bool {
        let group = ServiceGroup(
            services: services,
            gracefulShutdownSignals: [.sigint, .sigterm],
            logger: DemoServer.silent
        )
        return try await withThrowingTaskGroup(of: Bool?.self) { tasks in
            tasks.addTask {
                try await group.run()
                return nil
            }
            tasks.addTask {
                let cases = try await cases()
                guard once else {
                    try Self.show(cases, print)
                    return nil
                }
                let result = try await send(cases, print)
                await group.triggerGracefulShutdown()
                return result
            }
            var result = true
            for try await answer in tasks where answer != nil { result = answer == true }
            return result
        }
    }

    /// Prints the commands to paste, each with its expected status.
    private static func show(_ cases: [DemoCase], _ print: (String) throws -> Void) throws {
        try print("The demo runs until Ctrl-C. Each token is good for an hour, but for those that never were.\n")
        for demoCase in cases {
            try print("# \(demoCase.who): \(demoCase.expectedStatus)\n\(demoCase.curl)\n")
        }
    }

    /// Sends every request, and prints its status. Returns true if every status was as expected.
    private func send(_ cases: [DemoCase], _ print: (String) throws -> Void) async throws -> Bool {
        var allAsExpected = true
        for demoCase in cases {
            let status = try await client.status(of: demoCase)
            let verdict = status == demoCase.expectedStatus ? "as expected" : "EXPECTED \(demoCase.expectedStatus)"
            try print("\(demoCase.request) as \(demoCase.who) -> \(status) (\(verdict))")
            allAsExpected = allAsExpected && status == demoCase.expectedStatus
        }
        return allAsExpected
    }
}
#endif
