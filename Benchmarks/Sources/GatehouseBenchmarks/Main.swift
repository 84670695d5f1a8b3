import Foundation

/// Without arguments: measures, prints, and checks the gates that a drifting machine cannot move: allocations and
/// ratios within the run. `caching`, `clerk`, `compiling`, `metrics` and `swapping` check what they say, each in a process of its own; so does `remembering WHAT`, of
/// which ``RememberedMemory`` says what there is; and `instructions NAME COUNT` does one thing so many times, for a count of instructions.
@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // The main thread must live on: valgrind does not survive that of an asynchronous main, which ends.
        Task.detached {
            do {
                switch arguments.first {
                case nil: exit(try await report() ? 0 : 1)
                case "caching": exit(try await CacheScale.passes() ? 0 : 1)
                case "compiling": exit(try PolicyCompiling.passes() ? 0 : 1)
                case "metrics": exit(try await MetricsCost.passes() ? 0 : 1)
                case "swapping": exit(try PolicySwapping.passes() ? 0 : 1)
                case "remembering" where arguments.count == 2:
                    exit(try await RememberedMemory.passes(arguments[1]) ? 0 : 1)
                case "clerk": exit(try await ClerkRequests.passes() ? 0 : 1)
                case "instructions" where arguments.count == 3:
                    try await Instructions.run(arguments[1], count: Int(arguments[2]) ?? 0)
                    exit(0)
                default:
                    print(
                        "usage: GatehouseBenchmarks [caching | clerk | compiling | metrics | swapping | remembering WHAT | instructions NAME COUNT]"
                    )
                    exit(2)
                }
            } catch {
                print("\(error)")
                exit(2)
            }
        }
        while true { sleep(1_000) }
    }

    private static func report() async throws -> Bool {
        var measurements = try await PolicyBenchmarks.run()
        measurements += try await CacheBenchmarks.run()
        measurements += try await TokenBenchmarks.run()
        return Gates(measurements).check()
    }
}
