import Foundation

/// Measures the sidecar: `SidecarBenchmarks ROUNDS SECONDS` serves on processor 0 and asks from processor 1, each server in turn for a second
/// in each round; then at half of that rate; then one for so many seconds, of which the memory is read.
///
/// `SidecarBenchmarks serve NAME FOLDER` only serves.
@main
enum Main {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if arguments.count == 3, arguments[0] == "serve", let contender = Contender(rawValue: arguments[1]) {
                return try await Serving.run(contender, arguments[2])
            }
            guard arguments.count == 2, let rounds = Int(arguments[0]), let seconds = Int(arguments[1]) else {
                print("usage: SidecarBenchmarks ROUNDS SECONDS | SidecarBenchmarks serve NAME FOLDER")
                exit(2)
            }
            exit(try measure(rounds: rounds, seconds: seconds) ? 0 : 1)
        } catch {
            print("\(error)")
            exit(2)
        }
    }

    private static func measure(rounds: Int, seconds: Int) throws -> Bool {
        let world = try World()
        defer { world.remove() }
        let load = Load(world: world)
        var report = Report()
        report.gate(
            "start to the first answer",
            try median((0..<11).map { _ in try startTime(world) }),
            atMost: 150,
            "ms"
        )

        let servers = try Contender.allCases.map { ($0, try Server($0, world)) }
        for round in -1..<rounds {  // the first warms up and does not count
            for (contender, server) in servers {
                let outcome = try load.run(contender, port: server.port, seconds: 1)
                if round >= 0 { report.add(outcome.requestsPerSecond, of: contender) }
            }
        }
        report.printRates()
        for (contender, server) in servers where contender.promise != nil {
            let outcome = try load.run(
                contender,
                port: server.port,
                seconds: 10,
                rate: report.medianRate(of: contender) / 2
            )
            print(
                String(
                    format: "%@ at %.0f requests/s: median %.2f ms, p99 %.2f ms",
                    contender.rawValue,
                    outcome.requestsPerSecond,
                    outcome.median,
                    outcome.percentile99
                )
            )
            report.gate(
                "\(contender.rawValue) at half load: p99 / median",
                outcome.percentile99 / outcome.median,
                atMost: 3,
                "times"
            )
        }
        for (contender, server) in servers where contender == .forwardAuth {
            _ = try load.run(contender, port: server.port, seconds: seconds)
            let memory = Double(try server.residentByteCount()) / 1e6
            report.gate("memory after \(seconds) s of load", memory, atMost: 150, "MB")
        }
        return report.passes
    }

    /// How long a server takes from its start to the answer to an evaluation, in milliseconds.
    private static func startTime(_ world: World) throws -> Double {
        let start = ContinuousClock.now
        let server = try Server(.evaluation, world)
        var request = Array(
            "POST /access/v1/evaluation HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: \(World.question.utf8.count)\r\n\r\n\(World.question)"
                .utf8
        )
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(server.port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected, send(descriptor, &request, request.count, 0) == request.count else {
            throw Failure("the server does not answer")
        }
        var answer = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &answer, answer.count, 0)
        let time = ContinuousClock.now - start
        let text = String(decoding: answer.prefix(max(0, count)), as: UTF8.self)
        guard text.hasPrefix("HTTP/1.1 200") else { throw Failure("the first answer is \(text)") }
        return time / .milliseconds(1)
    }
}

/// The value in the middle.
func median(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.sorted()[values.count / 2]
}
