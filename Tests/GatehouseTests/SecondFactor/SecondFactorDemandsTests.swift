import Gatehouse
import GatehouseTesting
import Synchronization
import Testing

/// A source that counts how often it is asked, and fails while it is told to.
private final class DemandingSource: SecondFactorSource {
    struct Failure: Error {}

    let asked = Mutex(0)
    let demanding = Mutex<Set<String>>(["org_strict"])
    let isDown = Mutex(false)

    func demandsSecondFactor(in organization: String) async throws -> Bool {
        asked.withLock { $0 += 1 }
        guard !isDown.withLock(\.self) else { throw Failure() }
        return demanding.withLock { $0.contains(organization) }
    }
}

/// A source that answers once it may.
private final class WaitingSource: SecondFactorSource {
    let asked = Mutex(0)
    private let (open, mayAnswer) = AsyncStream.makeStream(of: Void.self)

    func answer() { mayAnswer.finish() }

    func demandsSecondFactor(in organization: String) async throws -> Bool {
        asked.withLock { $0 += 1 }
        for await _ in open {}
        return false
    }
}

@Suite("An organization can demand a second factor of its members")
struct SecondFactorDemandsTests {
    private let source = DemandingSource()

    private func authorizer(_ configuration: SecondFactorDemands.Configuration = .init()) throws -> Authorizer {
        return try Authorizer(
            policy: Policy {},
            secondFactor: SecondFactorDemands(
                source,
                configuration: configuration,
                clock: ManualClock(.distantPast).monotonic
            )
        )
    }

    private func outcome(
        _ requirement: Requirement = .authenticated,
        _ organization: String? = "org_strict",
        second: Int?,
        kind: Principal.Kind = .user,
        by authorizer: Authorizer
    ) async -> Requirement.Outcome {
        let principal = Principal(
            "x",
            kind: kind,
            organization: organization.map { Principal.Organization($0) },
            factorAges: Principal.FactorAges(first: 0, second: second),
            tokenKind: kind == .user ? .session : .m2m
        )
        return await requirement.evaluate(Requirement.Context(principal: principal, authorizer: authorizer))
    }

    @Test("a demand applies to every requirement but .public, for users who act for that organization")
    func demanded() async throws {
        let authorizer = try authorizer()
        let strict = Reverification(.secondFactorStrict, afterMinutes: nil)
        guard case .refused(_, strict) = await outcome(second: nil, by: authorizer) else {
            Issue.record("a user without a second factor goes on")
            return
        }
        #expect(await outcome(second: 9_999, by: authorizer) == .allowed)
        #expect(await outcome(.public, second: nil, by: authorizer) == .allowed)
        #expect(await outcome(.authenticated, "org_other", second: nil, by: authorizer) == .allowed)
        #expect(await outcome(.authenticated, nil, second: nil, by: authorizer) == .allowed)
        #expect(await outcome(second: nil, kind: .machine, by: authorizer) == .allowed)
        // A refusal for another reason says so.
        guard case .refused(_, nil) = await outcome(.role("r"), second: nil, by: authorizer) else {
            Issue.record("a step-up is asked for in vain")
            return
        }
    }

    @Test("an organization of another issuer than the source's is not asked about, even if it has an equal id")
    func issuers() async throws {
        let authorizer = try Authorizer(
            policy: Policy {},
            secondFactor: SecondFactorDemands(source, issuer: "https://id")
        )
        for (issuer, isDemanded) in [("https://id", true), ("https://partners", false), ("", false)] {
            let principal = Principal("x", issuer: issuer, organization: "org_strict", tokenKind: .jwt)
            let context = Requirement.Context(principal: principal, authorizer: authorizer)
            #expect(await (Requirement.authenticated.evaluate(context) != .allowed) == isDemanded, "\(issuer)")
        }
        #expect(source.asked.withLock(\.self) == 1)
    }

    @Test("a source that does not answer is 503, but not for users with a second factor or without organization")
    func down() async throws {
        let authorizer = try authorizer()
        source.isDown.withLock { $0 = true }
        guard case .unavailable = await outcome(second: nil, by: authorizer) else {
            Issue.record("the demand is taken for none")
            return
        }
        #expect(await outcome(second: 5, by: authorizer) == .allowed)
        #expect(await outcome(.authenticated, nil, second: nil, by: authorizer) == .allowed)
        #expect(source.asked.withLock(\.self) == 1)
    }

    @Test("a bounded number of answers is remembered for a while, until they are forgotten")
    func remembered() async throws {
        let time = ManualClock(.distantPast)
        let demands = SecondFactorDemands(
            source,
            configuration: .init(timeToLive: .seconds(60), maximumEntries: 2),
            clock: time.monotonic
        )
        let authorizer = try Authorizer(policy: Policy {}, secondFactor: demands)
        for _ in 1...3 { _ = await outcome(second: nil, by: authorizer) }
        #expect(source.asked.withLock(\.self) == 1)
        source.demanding.withLock { $0 = [] }
        guard case .refused = await outcome(second: nil, by: authorizer) else {
            Issue.record("nothing is remembered")
            return
        }
        demands.forget("org_strict")
        #expect(await outcome(second: nil, by: authorizer) == .allowed)
        #expect(source.asked.withLock(\.self) == 2)
        time.advance(by: .seconds(61))
        _ = await outcome(second: nil, by: authorizer)
        #expect(source.asked.withLock(\.self) == 3)
        for organization in ["org_a", "org_b", "org_c"] {
            _ = await outcome(.authenticated, organization, second: nil, by: authorizer)
        }
        _ = await outcome(.authenticated, "org_c", second: nil, by: authorizer)
        #expect(source.asked.withLock(\.self) == 6)
    }

    @Test("a request that is cancelled waits no longer, and the others still get the answer")
    func cancelled() async throws {
        let source = WaitingSource()
        let authorizer = try Authorizer(policy: Policy {}, secondFactor: SecondFactorDemands(source))
        let requests = (1...2).map { _ in Task { await outcome(second: nil, by: authorizer) } }
        try await eventually(equals: 1) { source.asked.withLock(\.self) }
        requests[0].cancel()
        #expect(await requests[0].value == .unavailable("the request was cancelled"))
        source.answer()
        #expect(await requests[1].value == .allowed)
        #expect(source.asked.withLock(\.self) == 1)
    }

    @Test("many requests share one question")
    func once() async throws {
        let authorizer = try authorizer()
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...100 {
                group.addTask { _ = await outcome(second: nil, by: authorizer) }
            }
        }
        #expect(source.asked.withLock(\.self) == 1)
    }
}
