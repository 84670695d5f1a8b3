#if Server
import Foundation
import GatehouseBase
import GatehouseCurl
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import Logging
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import GatehouseServer

/// A server that is told to stop while clients ask as fast as they can.
struct StopTests {
    private static let rounds =
        (ProcessInfo.processInfo.environment["GATEHOUSE_LOAD_SECONDS"].flatMap { Int($0) } ?? 10) / 5

    private static let clientCount = 8
    private static let manyTurns = 50

    /// The answers that clients saw.
    private final class Clients: Sendable {
        private struct State {
            var isStopping = false
            var answered: [String] = []
            var wrong: [String] = []
        }

        private let state = Mutex(State())
        /// A client each that has used its connection many times, or has ended.
        private let (busy, busyClients) = AsyncStream.makeStream(of: Void.self)

        /// Returns once all clients ask.
        func waitUntilAllAsk() async {
            for await _ in busy.prefix(StopTests.clientCount) {}
        }

        func stop() { state.withLock { $0.isStopping = true } }
        var result: (answered: [String], wrong: [String]) { state.withLock { ($0.answered, $0.wrong) } }

        /// Asks on one connection after another, until nobody listens.
        func ask(_ port: Int, _ token: String, _ client: Int) {
            var turn = 0
            defer { if turn <= StopTests.manyTurns { busyClients.yield() } }
            while let connection = try? RawConnection(port: port) {
                while true {
                    if turn == StopTests.manyTurns { busyClients.yield() }
                    turn += 1
                    let id = "stop-\(client)-\(turn)"
                    let fields = [("Authorization", "Bearer \(token)"), ("X-Request-Id", id)]
                    do {
                        let path = "/forward-auth/api/invoices/7"
                        let reply = try connection.blockingRequest("GET", path, fields)
                        state.withLock { state in
                            if reply.status == 200 { state.answered.append(id) }
                            if reply.status != 200 { state.wrong.append("\(id): \(reply.status) \(reply.text)") }
                        }
                        if reply.field("Connection")?.lowercased() == "close" { break }
                    } catch {
                        // A connection that ends without a byte has no answer that could be lost; one that ends within an answer has.
                        let text = "\(error)"
                        state.withLock { state in
                            let isCut = text.contains("HTTP/1.1")
                            if !state.isStopping || isCut { state.wrong.append("\(id): \(text)") }
                        }
                        break
                    }
                }
            }
        }
    }

    @Test(
        "A stop under load cuts no answer off, and the records hold every decision that was given",
        .timeLimit(.minutes(5))
    )
    func underLoad() async throws {
        for _ in 0..<max(1, Self.rounds) {
            let fixture = try ForwardAuthFixture()
            defer { fixture.folder.remove() }
            try fixture.folder.write(ForwardAuthFixture.file + "store: sqlite:gatehouse.db\n", to: "gatehouse.yaml")
            let clients = Clients()
            try await Self.run(try fixture.configuration(), try fixture.token(), clients)
            let (answered, wrong) = clients.result
            #expect(wrong.isEmpty, "\(wrong.prefix(5))")
            #expect(answered.count >= Self.clientCount * Self.manyTurns)
            let records = try await SQLiteRecords(path: fixture.folder.file("gatehouse.db"), isReadOnly: true)
            var recorded: Set<String> = []
            var last: Int64 = 0
            while true {
                let after = last
                let page = try await records.read { try $0.auditRows(AuditQuery(), after: after, limit: 10_000) }
                guard let end = page.last else { break }
                recorded.formUnion(page.compactMap(\.record.requestID))
                last = end.number
            }
            #expect(recorded.isSuperset(of: answered))
            let writers = try await records.read { try $0.verifyAudit(of: "gatehouse", by: nil, notes: []) }
            #expect(writers.isWhole)
        }
    }

    private static func run(_ configuration: ServerConfiguration, _ token: String, _ clients: Clients) async throws {
        var configuration = configuration
        configuration.listen.port = 0
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let sidecar = try await Sidecar(configuration, logger: quiet, transport: CurlTransport(), clock: .system)
        let group = ServiceGroup(services: [sidecar], logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try #require(await sidecar.port())
            for client in 0..<clientCount {
                tasks.addTask { try await blocking { clients.ask(port, token, client) } }
            }
            tasks.addTask {
                await clients.waitUntilAllAsk()
                clients.stop()
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
    }
}
#endif
