import GatehouseHTTP
import GatehouseTesting
import InMemoryLogging
import Logging
import Testing

@Suite("A log tells each change of memberships, the bus and the policy once", .timeLimit(.minutes(1)))
struct AuthorizerLogTests {
    private let handler = InMemoryLogHandler()
    private let clock = ManualClock(.distantPast)
    private let source = ScriptedMemberships(failing: MembershipSourceError("down\nfor good"))

    private var log: AuthorizerLog {
        let handler = handler
        return AuthorizerLog(Logger(label: "test") { _ in handler })
    }

    /// The lines that were logged since this was asked last.
    private func lines() -> [String] {
        defer { handler.clear() }
        return handler.entries.map { entry in
            let metadata = entry.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return "\(entry.level): \(entry.message) \(metadata.joined(separator: " "))"
        }
    }

    private func authorizer(_ policy: Policy, _ observer: (any AuthorizerObserver)?) throws -> Authorizer {
        Authorizer(
            engine: try PolicyEngine(policy),
            memberships: source,
            cache: try PermissionCache(.init(jitter: 0, clock: clock.monotonic)),
            observer: observer,
            clock: clock.wall
        )
    }

    private let policy = Policy { Role("reader") { Grants("read") } }

    private func ask(_ authorizer: Authorizer, times: Int) async {
        for _ in 0..<times { _ = try? await authorizer.isAllowed("read", for: Principal("s3cret@example.com")) }
    }

    private static let fails = "error: The membership source fails, so that checks that need it are undecided"

    @Test("a membership source that fails is one error, and one notice when it answers again")
    func memberships() async throws {
        let authorizer = try authorizer(policy, log)
        await ask(authorizer, times: 3)
        let failing = lines()
        #expect(failing.count == 1 && failing[0].hasPrefix("\(Self.fails) gatehouse.memberships.reason="))
        #expect(failing[0].contains(#"down\u{a}for good"#) && !failing[0].contains("s3cret"))
        source.answer(["reader"])
        clock.advance(by: .seconds(11))
        await ask(authorizer, times: 3)
        #expect(lines() == ["notice: The membership source answers again "])
    }

    @Test("a policy that is replaced is one warning with both revisions")
    func replaced() throws {
        let authorizer = try authorizer(policy, log)
        let (old, new) = (authorizer.engine, try PolicyEngine(Policy { Role("reader") { Grants("read", "write") } }))
        authorizer.policy.replace(with: new)
        authorizer.policy.replace(with: new)
        #expect(
            lines() == [
                "warning: The policy in force was replaced gatehouse.policy.revision=\(new.revision.text) "
                    + "gatehouse.policy.revision.before=\(old.revision.text)"
            ]
        )
    }

    @Test("a policy that is refused is one error, and one notice when it is in order again")
    func refused() async throws {
        struct Broken: Error {}
        let authorizer = try authorizer(policy, log)
        for _ in 0..<2 { authorizer.policy.reload { throw Broken() } }
        let refused = lines()
        #expect(refused.count == 1 && refused[0].hasPrefix("error: Another policy was refused"))
        let same = policy
        #expect(authorizer.policy.reload { try PolicyEngine(same) })
        let confirmed = lines()
        #expect(confirmed.count == 1 && confirmed[0].hasPrefix("notice: The policy is in order again"))
    }

    @Test("an observer that comes later is told how things stand, once")
    func later() async throws {
        let policy = Policy(
            roles: [Role("reader", grants: ["read"])],
            assignments: [Assignment("reader", to: "alice")]
        )
        let authorizer = try authorizer(policy, nil)
        await ask(authorizer, times: 2)
        for _ in 0..<2 { authorizer.observe(by: log) }
        let told = lines()
        #expect(told.count == 2 && told[0].hasPrefix("warning: ") && told[1].hasPrefix(Self.fails))
        source.answer(["reader"])
        clock.advance(by: .seconds(11))
        await ask(authorizer, times: 2)
        #expect(lines() == ["notice: The membership source answers again "])
    }
}
