import Foundation

/// wrk on processor 1.
struct Load {
    let world: World
    private static let connections = 32

    /// What a server did under load.
    struct Outcome {
        let requestsPerSecond: Double
        /// In milliseconds.
        let median: Double
        /// In milliseconds.
        let percentile99: Double
    }

    /// Asks a server.
    ///
    /// - Parameter rate: How many requests are sent a second, at times that nobody agrees on; `nil`: as fast as it answers.
    func run(_ contender: Contender, port: Int, seconds: Int, rate: Double? = nil) throws -> Outcome {
        // A connection that waits for half a hundredth of a second on the average sends a hundred requests a second.
        let connections = rate.map { max(1, Int($0 / 100)) } ?? Self.connections
        let file = "\(world.folder)/\(contender.hasBody ? "body" : "head")-\(rate == nil ? "full" : "paced").lua"
        try script(contender, isPaced: rate != nil).write(toFile: file, atomically: true, encoding: .utf8)
        let wrk = Process()
        wrk.executableURL = URL(filePath: "/usr/bin/env")
        wrk.arguments = [
            "taskset", "-c", "1", "wrk", "-t1", "-c\(connections)", "-d\(seconds)s", "--latency", "-s", file,
            "http://127.0.0.1:\(port)\(contender.path)",
        ]
        let output = Pipe()
        wrk.standardOutput = output
        try wrk.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        wrk.waitUntilExit()
        guard wrk.terminationStatus == 0, !text.contains("Non-2xx"), !text.contains("Socket errors"),
            let rate = Self.word(after: "Requests/sec:", in: text).flatMap({ Double($0) }),
            let median = Self.word(after: " 50%", in: text).flatMap(Self.milliseconds),
            let percentile99 = Self.word(after: " 99%", in: text).flatMap(Self.milliseconds)
        else { throw Failure("wrk measured nothing:\n\(text)") }
        return Outcome(requestsPerSecond: rate, median: median, percentile99: percentile99)
    }

    private func script(_ contender: Contender, isPaced: Bool) -> String {
        var lines = [#"wrk.headers["Authorization"] = "Bearer \#(world.token)""#]
        if contender.hasBody {
            lines = [
                #"wrk.method = "POST""#, #"wrk.headers["Content-Type"] = "application/json""#,
                "wrk.body = [[\(World.question)]]",
            ]
        } else {
            lines += [
                #"wrk.headers["X-Original-Method"] = "GET""#, #"wrk.headers["X-Original-URI"] = "/invoices/7""#,
            ]
        }
        if isPaced { lines.append("function delay() return math.random(0, 19) end") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func word(after label: String, in text: String) -> String? {
        text.range(of: label).flatMap { label in
            text[label.upperBound...].split(whereSeparator: \.isWhitespace).first.map { String($0) }
        }
    }

    /// A time as wrk prints it: `812.00us`, `1.23ms` or `1.01s`.
    private static func milliseconds(_ text: String) -> Double? {
        let units = [("us", 1e-3), ("ms", 1), ("s", 1e3)]
        return units.lazy.compactMap { unit, factor in
            text.hasSuffix(unit) ? Double(text.dropLast(unit.count)).map { $0 * factor } : nil
        }.first
    }
}
