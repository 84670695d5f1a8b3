#if PostgreSQL
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseClerk
import GatehousePostgreSQL
import GatehouseTesting
import SeededGenerator
import TestSupport
import Testing

/// How often something fails; `make test-long` does so more often.
private let rounds = ProcessInfo.processInfo.environment["GATEHOUSE_ROUNDS"].flatMap { Int($0) } ?? 10
/// The seed of the faults; a run that failed prints its own.
private let seed =
    ProcessInfo.processInfo.environment["GATEHOUSE_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...1_000_000)

/// Three nodes, each a process, and one server, while everything between them fails.
@Suite(
    "Three nodes and one server",
    .serialized,
    .enabled(if: PostgreSQLServer.isThere, PostgreSQLServer.missing),
    .timeLimit(.minutes(rounds > 10 ? 60 : 5))
)
struct NodesTests {
    /// The promise of the nodes: a second after the last heartbeat, which is heard at most one and a half intervals after it was sent; and a second
    /// for nodes that come late to their turn, since other tests fill the processors.
    private static let bound = Duration.milliseconds(1_000 + 75 + 1_000)

    enum Fault: CaseIterable, CustomStringConvertible {
        case cut, isolate, hold, restart, powerCut, killBackend, killServer, endBackend, killNode

        var description: String {
            switch self {
            case .cut: "the connections of a node are cut"
            case .isolate: "a node is cut off"
            case .hold: "what a node sends and hears is held back"
            case .restart: "the server is stopped and started elsewhere"
            case .powerCut: "the server ends at once and is started elsewhere"
            case .killBackend: "a process of the server is killed"
            case .killServer: "the server's first process is killed"
            case .endBackend: "a connection is ended by the server"
            case .killNode: "a node is killed"
            }
        }
    }

    /// Three nodes, each behind a proxy of its own where there are such.
    private final class Fleet {
        static let users = 2
        let history = NodeHistory()
        private(set) var nodes: [NodeProcess] = []
        private let urls: [String]
        private var number = 0

        init(_ urls: [String]) throws {
            self.urls = urls
            for place in urls.indices { nodes.append(try start(at: place)) }
        }

        private func start(at place: Int) throws -> NodeProcess {
            number += 1
            return try NodeProcess(
                "n\(place)x\(number)",
                url: urls[place],
                ahead: [0, 100, -100][place % 3],
                users: Self.users,
                history: history
            )
        }

        /// Waits until a node can work, and tells all of each other.
        func introduce(_ place: Int) async throws {
            let name = nodes[place].name
            try #require(try await history.waitUntilReady(name), "\(name) ended before it could work")
            for node in nodes {
                node.tell("watch \(name) \(Self.users)")
                if node.name != name { nodes[place].tell("watch \(node.name) \(Self.users)") }
            }
        }

        func replace(_ place: Int) async throws {
            nodes[place].kill()
            nodes[place] = try start(at: place)
            try await introduce(place)
        }

        /// Waits until every node has done something since now.
        func waitForProgress() async throws {
            let before = nodes.map { history.steps(of: $0.name) }
            for (node, steps) in zip(nodes, before) {
                let hasMoved = try await history.waitForSteps(of: node.name, beyond: steps)
                #expect(hasMoved, "\(node.name) ended")
            }
        }

        func stop() async throws {
            for node in nodes {
                node.tell("stop")
                try await history.waitUntilStopped(node.name)
            }
        }

        func kill() { for node in nodes { node.kill() } }
    }

    private func setUp(_ url: String) async throws {
        try await PostgreSQLRecords(url: url).write { rows in
            _ = try rows.database.execute("CREATE TABLE effects (id TEXT NOT NULL)")
        }
    }

    /// Handles what still waits, long after all leases.
    private func drain(_ records: PostgreSQLRecords) async throws {
        let authorizer = Authorizer(engine: try PolicyEngine(Policy()), issuer: "https://i", marks: records.marks)
        let webhooks = try ClerkWebhooks(
            records,
            secrets: [WebhookTests.secret],
            authorizer: authorizer,
            clock: WallClock { WallClock.system.now().advanced(by: .seconds(3_600)) }
        )
        webhooks.on(.userCreated) { event, database in
            try database.execute("INSERT INTO effects VALUES ($1)", [.text(event.data.id)])
        }
        while try await webhooks.processDue() > 0 {}
    }

    private func verify(_ fleet: Fleet, _ url: String) async throws {
        let records = try await PostgreSQLRecords(url: url, node: "verifier")
        try await drain(records)
        let broken = try await fleet.history.broken(in: records)
        #expect(broken.isEmpty, "GATEHOUSE_SEED=\(seed)\n\(broken.prefix(20).joined(separator: "\n"))")
        let stale = fleet.history.staleGrants(beyond: Self.bound)
        #expect(stale.isEmpty, "GATEHOUSE_SEED=\(seed)\n\(stale.prefix(20).joined(separator: "\n"))")
        print("three nodes, GATEHOUSE_SEED=\(seed): \(fleet.history.summary)")
    }

    @Test(
        "no grant is stale beyond the bound, and every acknowledged change takes effect once, whatever fails"
    )
    func faults() async throws {
        var generator = SeededGenerator(seed: seed)
        let server = try PostgreSQLServer()
        defer { server.stop() }
        let url = try server.database()
        let name = String(url.split(separator: "/").last ?? "")
        try await setUp(url)
        let proxies = try (0..<3).map { _ in try LoopbackProxy(to: server.port) }
        defer { proxies.forEach { $0.close() } }
        let fleet = try Fleet(proxies.map { server.url(name, port: $0.port) })
        defer { fleet.kill() }
        for place in 0..<3 { try await fleet.introduce(place) }
        try await fleet.waitForProgress()
        for round in 0..<rounds {
            let fault = round < Fault.allCases.count ? Fault.allCases[round] : generator.pick(Fault.allCases)
            let place = Int.random(in: 0..<3, using: &generator)
            let time = Duration.milliseconds(Int.random(in: 50...1_500, using: &generator))
            try await cause(fault, at: place, for: time, fleet, server, proxies, &generator)
            try await fleet.waitForProgress()
        }
        try await fleet.stop()
        fleet.kill()
        try await verify(fleet, server.url(name))
    }

    private func cause(
        _ fault: Fault,
        at place: Int,
        for time: Duration,
        _ fleet: Fleet,
        _ server: PostgreSQLServer,
        _ proxies: [LoopbackProxy],
        _ generator: inout SeededGenerator
    ) async throws {
        func startElsewhere() throws {
            let port = try RawConnection.freePort()
            proxies.forEach { $0.redirect(to: port) }
            try server.start(port: port)
        }
        switch fault {
        case .cut: proxies[place].cutAll()
        case .isolate:
            proxies[place].refuse(true)
            proxies[place].cutAll()
            // The outage lasts for this time; nothing is waited for.
            try await Task.sleep(for: time)
            proxies[place].refuse(false)
        case .hold:
            proxies[place].hold(true)
            try await Task.sleep(for: time)
            proxies[place].hold(false)
        case .restart:
            server.stop(SIGINT)
            try startElsewhere()
        case .powerCut:
            server.stop(SIGQUIT)
            try startElsewhere()
        case .killServer:
            server.stop(SIGKILL)
            try startElsewhere()
        case .killBackend, .endBackend:
            let processes = try server.processes(ofClients: true).sorted()
            guard !processes.isEmpty else { return }
            kill(generator.pick(processes), fault == .killBackend ? SIGKILL : SIGTERM)
        case .killNode: try await fleet.replace(place)
        }
    }

    @Test("a standby that takes its server's place on another port goes on where the server ended")
    func failOver() async throws {
        let first = try PostgreSQLServer()
        defer { first.stop() }
        let url = try first.database()
        let name = String(url.split(separator: "/").last ?? "")
        try await setUp(url)
        let second = try PostgreSQLServer(standbyOf: first)
        defer { second.stop() }
        // From here on what is acknowledged is on both.
        try first.sql("ALTER SYSTEM SET synchronous_standby_names = '*'", in: "postgres")
        try first.sql("SELECT pg_reload_conf()", in: "postgres")
        let hosts = "postgresql://postgres@127.0.0.1:\(first.port),127.0.0.1:\(second.port)/\(name)"
        let fleet = try Fleet([hosts, hosts, hosts])
        defer { fleet.kill() }
        for place in 0..<3 { try await fleet.introduce(place) }
        try await fleet.waitForProgress()
        first.stop(SIGQUIT)
        try second.sql("SELECT pg_promote()", in: "postgres")
        try await fleet.waitForProgress()
        try await fleet.stop()
        fleet.kill()
        try await verify(fleet, second.url(name))
    }
}
#endif
