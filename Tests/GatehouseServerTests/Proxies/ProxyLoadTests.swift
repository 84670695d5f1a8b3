#if Server
import Foundation
import GatehouseBase
import GatehouseTesting
import Synchronization
import TestSupport
import Testing

@testable import GatehouseServer

/// Load through nginx while the policy changes every second and the keys rotate.
@Suite(.serialized)
struct ProxyLoadTests {
    private static let seconds = ProcessInfo.processInfo.environment["GATEHOUSE_LOAD_SECONDS"].flatMap { Int($0) } ?? 10

    private struct State {
        var token = ""
        var count = 0
        var wrong: [String] = []
    }

    @Test(
        "No answer is wrong under load, and memory stays flat",
        ProxyProcess.Kind.trait(.nginx),
        .timeLimit(.minutes(5))
    )
    func load() async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        let upstream = try UpstreamServer()
        defer { upstream.stop() }
        let shared = Shared()
        shared.set(try fixture.token())
        let (forged, expired) = (try fixture.forgedToken(), try fixture.expiredToken())
        try await RunningSidecar.with(try fixture.configuration()) { server in
            try await ProxyProcess.with(.nginx, sidecar: server.port, application: upstream.port) { port in
                let end = ContinuousClock.now + .seconds(Self.seconds)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 0..<4 {
                        group.addTask {
                            try await blocking { try Self.ask(port, worker, forged, expired, shared, until: end) }
                        }
                    }
                    group.addTask { try await Self.change(fixture, shared, until: end) }
                    try await group.waitForAll()
                }
            }
        }
        let result = shared.result
        #expect(result.wrong.isEmpty, "\(result.wrong.prefix(5))")
        #expect(result.count > 100)
        // A leak of a few kibibytes a request would be more.
        #expect(result.growth < 48 << 20, "\(result.growth) bytes")
        print("forward-auth through nginx: \(result.count) requests in \(Self.seconds) s")
    }

    /// The state that workers share.
    private final class Shared: Sendable {
        private let state = Mutex(State())
        private let memory = Mutex<[Int]>([])

        func set(_ token: String) { state.withLock { $0.token = token } }
        var token: String { state.withLock { $0.token } }

        func answered(_ wrong: String?) {
            state.withLock { state in
                state.count += 1
                if let wrong { state.wrong.append(wrong) }
            }
        }

        func sampleMemory() { memory.withLock { $0.append(Self.residentByteCount) } }

        var result: (count: Int, wrong: [String], growth: Int) {
            let samples = memory.withLock { $0 }
            let middle = samples.dropFirst(samples.count / 3).first ?? 0
            return state.withLock { ($0.count, $0.wrong, (samples.last ?? 0) - middle) }
        }

        private static var residentByteCount: Int {
            let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
            return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4_096
        }
    }

    private static func ask(
        _ port: Int,
        _ worker: Int,
        _ forged: String,
        _ expired: String,
        _ shared: Shared,
        until end: ContinuousClock.Instant
    ) throws {
        var connection = try RawConnection(port: port)
        var turn = worker
        while ContinuousClock.now < end {
            let good = ("Authorization", "Bearer \(shared.token)")
            let cases: [(String, String, [(String, String)], Int)] = [
                ("GET", "/api/invoices/7", [good], 200), ("GET", "/api/invoices/7", [], 401),
                ("GET", "/public/a", [], 200), ("GET", "/api/invoices/7", [("Authorization", "Bearer \(forged)")], 401),
                ("DELETE", "/api/invoices/7", [good], 403), ("GET", "/orgs/org_1/a", [good], 200),
                ("GET", "/api/invoices/7", [("Authorization", "Bearer \(expired)")], 401),
                ("GET", "/orgs/org_2/a", [good], 403), ("GET", "/public/../api", [], 403),
            ]
            let (method, path, fields, expected) = cases[turn % cases.count]
            turn += 1
            let reply = try connection.blockingRequest(method, path, fields)
            shared.answered(reply.status == expected ? nil : "\(method) \(path): \(reply.status) \(reply.text)")
            if reply.field("Connection")?.lowercased() == "close" { connection = try RawConnection(port: port) }
        }
    }

    /// Writes another policy that means the same every second, and another key beside the old one every three.
    private static func change(
        _ fixture: ForwardAuthFixture,
        _ shared: Shared,
        until end: ContinuousClock.Instant
    ) async throws {
        var pair = fixture.issuer.keyPair
        var turn = 0
        while ContinuousClock.now < end {
            turn += 1
            shared.sampleMemory()
            try fixture.folder.write(ForwardAuthFixture.policy + "# \(turn)\nconstraints: []\n", to: "policy.yaml")
            if turn % 3 == 0 {
                let next = try KeyPair(id: "key-\(turn)")
                try fixture.folder.write(KeyPair.jwks([pair, next]).description, to: "jwks.json")
                pair = next
            } else if turn % 3 == 2, turn > 3 {
                // By now the new key was read: tokens come from it, and the old one goes with the next rotation.
                let issuer = try TestIssuer(
                    fixture.issuer.name,
                    authorizedParty: ForwardAuthFixture.party,
                    keyPair: pair
                )
                shared.set(try issuer.token(for: .member(of: "org_1"), lifetime: .seconds(3_000)))
            }
            // The pause paces the changes by wall time; nothing is waited for.
            try await Task.sleep(for: .seconds(1))
        }
        shared.sampleMemory()
    }
}
#endif
