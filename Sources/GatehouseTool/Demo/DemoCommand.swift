#if Server
import ArgumentParser
import Foundation
import GatehouseDemo
import GatehouseSQLite

/// The command `gatehouse demo`.
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
        let store = try await SQLiteRecords(
            path: records ?? folder.appending(path: "gatehouse.db").path,
            maximumTokenLifetime: Demo.tokenLifetime
        )
        let demo = try Demo(store, audit: store.audit, marks: store.marks)
        if try await !demo.run(once: once, print: { try standardOutput($0) }) { throw ExitStatus.no }
    }
}
#endif
