import Foundation

/// Measures what a guard costs a server: `taskset -c 0 GuardedServer 1 31` serves on processor 0, and asks from processor 1 in 31 rounds,
/// each of which asks every server in turn for a second. Names behind the numbers measure those servers alone.
///
/// `GuardedServer serve NAME` only serves, for a profiler: its address and a command for wrk are printed. `GuardedServer call PORT SECONDS
/// TOKEN` calls a gRPC server, and prints how often.
@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if arguments.first == "serve", let name = arguments.last, let contender = Contender(rawValue: name) {
                try serve(contender)
            }
            if arguments.first == "call", arguments.count == 4, let port = Int(arguments[1]),
                let seconds = Int(arguments[2])
            {
                let token = arguments[3]
                print(try wait(for: { try await CallClient.call(port: port, token: token, seconds: seconds) }), "calls")
                exit(0)
            }
            let chosen = arguments.dropFirst(2).map(Contender.init)
            guard arguments.count >= 2, let processor = Int(arguments[0]), let rounds = Int(arguments[1]),
                !chosen.contains(nil)
            else {
                print("usage: taskset -c 0 GuardedServer PROCESSOR ROUNDS [NAME ...] | GuardedServer serve NAME")
                exit(2)
            }
            let contenders = Contender.allCases.filter { chosen.isEmpty || chosen.contains($0) }
            exit(try measure(contenders, from: processor, rounds: rounds) ? 0 : 1)
        } catch {
            print("\(error)")
            exit(2)
        }
    }

    private static func measure(_ contenders: [Contender], from processor: Int, rounds: Int) throws -> Bool {
        let servers = try Servers()
        let ports = try wait(for: { try await start(contenders, servers) })
        let load = Load(processor: processor, token: servers.token)
        var report = Report(contenders)
        for round in -1..<rounds {  // the first warms up and does not count
            for (contender, port) in zip(contenders, ports) {
                let outcome = try contender.speaksHTTP1 ? load.run(port: port) : load.call(port: port)
                if round >= 0 { report.add(outcome, of: contender) }
            }
        }
        return report.passes()
    }

    private static func serve(_ contender: Contender) throws -> Never {
        let servers = try Servers()
        let port = try wait(for: { try await start([contender], servers) })[0]
        guard contender.speaksHTTP1 else {
            print("GuardedServer call \(port) 5 \(servers.token)")
            fflush(nil)
            while true { sleep(1_000) }
        }
        print("wrk -t1 -c32 -d5s -H 'Authorization: Bearer \(servers.token)' http://127.0.0.1:\(port)/invoices")
        fflush(nil)
        while true { sleep(1_000) }
    }

    private static func start(_ contenders: [Contender], _ servers: Servers) async throws -> [Int] {
        var ports: [Int] = []
        for contender in contenders { ports.append(try await servers.start(contender)) }
        return ports
    }

    /// Waits on the main thread, which the servers do not need: wrk must not keep one of theirs waiting.
    private static func wait<Value: Sendable>(for body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let done = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var result: Result<Value, any Error>?  // written before the signal, read after it
        Task.detached {
            do { result = .success(try await body()) } catch { result = .failure(error) }
            done.signal()
        }
        done.wait()
        guard let result else { throw Failure("a task ended without a result") }
        return try result.get()
    }
}
