import Foundation

/// Clients on another processor: wrk, and for gRPC this program itself.
struct Load {
    /// The processor that clients run on.
    let processor: Int
    let token: String
    private static let connections = 32

    /// What a server did under load.
    struct Outcome {
        let requestsPerSecond: Double
        /// The processor time of this process for each request, in microseconds.
        let processorTime: Double
    }

    /// Asks a server for a second, as fast as it answers.
    func run(port: Int, seconds: Int = 1) throws -> Outcome {
        let (text, used) = try run(
            "wrk",
            "-t1",
            "-c\(Self.connections)",
            "-d\(seconds)s",
            "-H",
            "Authorization: Bearer \(token)",
            "http://127.0.0.1:\(port)/invoices"
        )
        guard !text.contains("Non-2xx"), !text.contains("Socket errors"),
            let rate = Self.number(after: "Requests/sec:", in: text),
            let requests = Self.number(before: " requests in ", in: text), requests > 0
        else { throw Failure("wrk measured nothing:\n\(text)") }
        return Outcome(requestsPerSecond: rate, processorTime: used * 1e6 / requests)
    }

    /// Calls a gRPC server for a second, as fast as it answers.
    func call(port: Int, seconds: Int = 1) throws -> Outcome {
        let (text, used) = try run(CommandLine.arguments[0], "call", "\(port)", "\(seconds)", token)
        guard let calls = Self.number(before: " calls", in: text), calls > 0 else {
            throw Failure("no call was answered:\n\(text)")
        }
        return Outcome(requestsPerSecond: calls / Double(seconds), processorTime: used * 1e6 / calls)
    }

    /// Runs a client on the other processor.
    ///
    /// - Returns: Its output, and the processor time that this process took meanwhile.
    private func run(_ program: String, _ arguments: String...) throws -> (text: String, processorTime: Double) {
        let client = Process()
        client.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        client.arguments = ["taskset", "-c", "\(processor)", program] + arguments
        let output = Pipe()
        client.standardOutput = output
        let before = try Self.processorTime()
        try client.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        client.waitUntilExit()
        let used = try Self.processorTime() - before
        guard client.terminationStatus == 0 else { throw Failure("\(program) failed:\n\(text)") }
        return (text, used)
    }

    private static func number(after label: String, in text: String) -> Double? {
        text.range(of: label).flatMap { label in
            text[label.upperBound...].split(whereSeparator: \.isWhitespace).first.flatMap { Double($0) }
        }
    }

    private static func number(before label: String, in text: String) -> Double? {
        text.range(of: label).flatMap { label in
            text[..<label.lowerBound].split(whereSeparator: \.isWhitespace).last.flatMap { Double($0) }
        }
    }

    /// The processor time of this process so far, in seconds (clock_gettime(2)).
    private static func processorTime() throws -> Double {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else {
            throw Failure("the processor time cannot be read")
        }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
