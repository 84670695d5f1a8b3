import Foundation

#if Hummingbird && Curl
import Gatehouse
import GatehouseDemo
import GatehouseRecords

/// The program for `gatehouse demo` alone, with its records in memory. `make demo` builds this program, since a build of the whole tool
/// takes half as long again.
@main
enum Main {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.allSatisfy({ $0 == "--once" }) else {
            end("gatehouse-demo takes no argument but --once; `gatehouse demo` of the trait Server also keeps records")
        }
        let store = InMemoryRecords()
        let demo = try Demo(
            store,
            audit: AuditLog(store),
            marks: RevocationMarks(maximumTokenLifetime: Demo.tokenLifetime)
        )
        let allAsExpected = try await demo.run(once: !arguments.isEmpty) {
            try FileHandle.standardOutput.write(contentsOf: Data(($0 + "\n").utf8))
        }
        exit(allAsExpected ? 0 : 1)
    }
}
#else

@main
enum Main {
    static func main() {
        end("gatehouse-demo: built without its traits; build it with `swift build --traits Hummingbird,Curl`")
    }
}
#endif

/// Prints a message, and ends the program with a failure.
private func end(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(2)
}
