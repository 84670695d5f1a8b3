#if NIO && Hummingbird && FlyingFox && GRPC
import Foundation
import GatehouseClerk
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird
import NIOCore
import Synchronization
import Testing

@Suite("No answer is wrong under load", .serialized)
struct LoadTests {
    /// The seconds of a long load, `GATEHOUSE_LOAD_SECONDS`; `nil` if the load is one of ten seconds.
    private static let longLoad = ProcessInfo.processInfo.environment["GATEHOUSE_LOAD_SECONDS"].flatMap { Int($0) }
    private static let seconds = longLoad ?? 10

    /// The requests that clients choose from, and the keys that are published.
    private final class Choice: Sendable {
        private let state: Mutex<(keys: [KeyPair], requests: [(text: ByteBuffer, status: Int)])>

        init(_ keys: [KeyPair], _ requests: [(text: ByteBuffer, status: Int)]) { state = Mutex((keys, requests)) }

        var keys: [KeyPair] { state.withLock { $0.keys } }

        func publish(_ keys: [KeyPair]) { state.withLock { $0.keys = keys } }
        func offer(_ requests: [(text: ByteBuffer, status: Int)]) { state.withLock { $0.requests = requests } }
        func request(_ number: Int) -> (text: ByteBuffer, status: Int) {
            state.withLock { $0.requests[number % $0.requests.count] }
        }
    }

    /// The findings under the load.
    private final class Findings: Sendable {
        private let state = Mutex((wrong: [String: Int](), total: 0, memory: [Int]()))

        var wrong: [String: Int] { state.withLock { $0.wrong } }
        var total: Int { state.withLock { $0.total } }
        var memory: [Int] { state.withLock { $0.memory } }

        func add(_ status: Int, instead expected: Int) {
            state.withLock { state in
                state.total += 1
                if status != expected { state.wrong["\(status) instead of \(expected)", default: 0] += 1 }
            }
        }

        func addMemory(_ bytes: Int) { state.withLock { $0.memory.append(bytes) } }
    }

    @Test(
        "good and bad tokens are judged while the policy reloads and the keys rotate each second",
        .timeLimit(.minutes(5))
    )
    func load() async throws {
        let first = try TestIssuer(authorizedParty: "https://app.example.com")
        let forger = try TestIssuer(
            first.name,
            authorizedParty: "https://app.example.com",
            keyPair: KeyPair(id: first.keyPair.id)
        )
        let choice = Choice([first.keyPair], try Self.requests(first, forger))
        let transport = InMemoryTransport { _, _ in .json(KeyPair.jwks(choice.keys).description) }
        let clerk = try ClerkAuthenticator(
            keys: try RemoteKeySet(
                configuration: .init(url: "https://clerk.example.com/jwks", cooldown: .milliseconds(10)),
                transport: transport
            ),
            configuration: .init(issuer: first.name, authorizedParties: ["https://app.example.com"])
        )
        let authorizer = try Authorizer(policy: Self.policy(0))
        let rules = RouteRules(
            try RouteRule("/public", requires: .public),
            try RouteRule("/orgs/{org}", requires: .organization(inPath: "org"), .permission("org:invoices:read"))
        )
        let router = Router(context: BasicPrincipalRequestContext.self)
        router.get("public") { _, _ in "public" }
        router.get("orgs/:org") { _, _ in "invoices" }
        let guarded = router.guarded(by: RouteGuard(rules, by: clerk, authorizer, host: .hummingbird))

        let findings = Findings()
        try await HummingbirdHost.run(guarded) { port in
            let end = ContinuousClock.now.advanced(by: .seconds(Self.seconds))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<8 {
                    group.addTask {
                        try await Self.send(to: port, from: client, until: end) { number in
                            choice.request(number)
                        } check: { status, expected in
                            findings.add(status, instead: expected)
                        }
                    }
                }
                group.addTask {
                    var issuer = first
                    var round = 0
                    while ContinuousClock.now < end {
                        round += 1
                        // The pause paces the changes by wall time; nothing is waited for.
                        try await Task.sleep(for: .milliseconds(800))
                        authorizer.policy.replace(with: try PolicyEngine(Self.policy(round)))
                        let next = try TestIssuer(
                            first.name,
                            authorizedParty: "https://app.example.com",
                            keyPair: KeyPair(id: "key-\(round)")
                        )
                        choice.publish([issuer.keyPair, next.keyPair])
                        // An issuer publishes a key some time before the first token that the key signs; the pause stands for that time.
                        try await Task.sleep(for: .milliseconds(200))
                        choice.offer(try Self.requests(next, forger))
                        issuer = next
                        findings.addMemory(Self.residentBytes)
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(findings.wrong == [:])
        #expect(findings.total > Self.seconds * 10)
        guard Self.longLoad != nil else { return }  // other tests of the process take memory meanwhile
        let samples = findings.memory
        let start = try #require(samples.dropFirst(samples.count / 10).first)
        let end = try #require(samples.last)
        print("load: \(findings.total) requests in \(Self.seconds) s; resident bytes \(start), at the end \(end)")
        #expect(end < start + start / 10, "the memory grew: \(samples.map { $0 >> 20 }) MiB")
        #expect(end < start + 8 << 20, "the memory grew: \(samples.map { $0 >> 20 }) MiB")
    }

    private static func policy(_ round: Int) -> Policy {
        Policy {
            Role("org:member") { Grants("org:invoices:read") }
            Role("org:other\(round % 7)") { Grants("org:reports:read") }
        }
    }

    /// Requests with good and bad tokens, and what each is answered.
    private static func requests(_ issuer: TestIssuer, _ forger: TestIssuer) throws -> [(text: ByteBuffer, status: Int)]
    {
        func request(_ path: String, _ token: String?, _ status: Int) -> (text: ByteBuffer, status: Int) {
            let field = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
            return (ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(field)\r\n"), status)
        }
        var requests: [(text: ByteBuffer, status: Int)] = []
        for number in 0..<8 {
            let token = try issuer.token(for: .member("user_\(number)", of: "org_\(number)"))
            requests.append(request("/orgs/org_\(number)", token, 200))
            requests.append(request("/orgs/org_\(number + 1)", token, 403))
            requests.append(request("/orgs/org_\(number)?a=b", String(token.dropLast(8)) + "AAAAAAAA", 401))
        }
        let guest = try issuer.token(for: .member("guest", of: "org_0", role: "org:guest"))
        let past = WallClock.system.now().advanced(by: .seconds(-600))
        return requests + [
            request("/orgs/org_0", guest, 403), request("/orgs/org_0", nil, 401), request("/public", nil, 200),
            request("/orgs/org_0", try forger.token(for: .member(of: "org_0")), 401),
            request("/orgs/org_0", try issuer.token(for: .member(of: "org_0"), at: past), 401),
            request("/public//", nil, 400), request("/public", "no.such.token", 200),
        ]
    }

    /// Sends one request after another over one connection.
    private static func send(
        to port: Int,
        from client: Int,
        until end: ContinuousClock.Instant,
        _ request: @escaping @Sendable (Int) -> (text: ByteBuffer, status: Int),
        check: @escaping @Sendable (Int, Int) -> Void
    ) async throws {
        let channel = try await connection(to: port)
        try await channel.executeThenClose { inbound, outbound in
            var parts = inbound.makeAsyncIterator()
            var number = client * 13
            while ContinuousClock.now < end {
                number += 1
                let (text, expected) = request(number)
                try await outbound.write(text)
                var answer = ""
                while true {
                    guard let part = try await parts.next() else { return check(0, expected) }
                    answer += String(buffer: part)
                    guard let read = RawAnswer.read(answer) else { continue }
                    check(read.answer.status, expected)
                    break
                }
            }
        }
    }

    /// The bytes of memory that the process has.
    private static var residentBytes: Int {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
            .dropFirst().first
        return pages.flatMap { Int($0) }.map { $0 * 4_096 } ?? 0
    }
}
#endif
