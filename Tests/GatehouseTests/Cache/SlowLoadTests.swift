import GatehouseTesting
import Synchronization
import Testing

@testable import Gatehouse

@Suite("A load that outlasts its time answers checks that began within it, and the others share one more")
struct SlowLoadTests {
    /// A source that takes eight seconds, and gives a role the first time alone.
    ///
    /// - Parameter isStalling: whether nobody else gets to do anything while a load after the first takes its time.
    private func slowSource(isStalling: Bool = false) -> ScriptedMemberships {
        ScriptedMemberships { [time] _, number in
            if isStalling, number > 0 {
                time.clock.advance(by: .seconds(8))
            } else {
                await time.sleep(.seconds(8))
            }
            return Membership(roles: number == 0 ? ["reader"] : [], revision: MembershipRevision(0))
        }
    }

    /// The setting that keeps a load from counting for longer than five seconds.
    enum Limit: CaseIterable {
        case provisional, silence, timeToLive
    }

    private let time = VirtualTime()

    private func authorizer(_ source: ScriptedMemberships, _ limit: Limit, _ executor: SeededExecutor) throws
        -> Authorizer
    {
        let authorizer = Authorizer(
            engine: try PolicyEngine(CacheFixture.policy),
            memberships: source,
            issuer: "",
            cache: try PermissionCache(
                .init(
                    timeToLive: .seconds(limit == .timeToLive ? 5 : 60),
                    jitter: 0,
                    disconnectedTimeToLive: .seconds(5),
                    clock: time.clock.monotonic,
                    executor: executor
                )
            ),
            bus: limit == .timeToLive ? nil : InProcessInvalidationBus().endpoint(),
            clock: time.clock.wall
        )
        if limit == .silence { authorizer.cache.heartbeat() }
        return authorizer
    }

    private func run(_ executor: SeededExecutor) {
        repeat { while executor.runOne() {} } while time.advance()
    }

    /// Asks at some times, in milliseconds.
    ///
    /// - Returns: The answer to each check and its time; `nil` if there was none.
    private func ask(
        _ authorizer: Authorizer,
        at times: [(milliseconds: Int, revision: UInt64?)],
        _ executor: SeededExecutor
    ) -> [Answer?] {
        let answers = Mutexed<[Answer?]>(Array(repeating: nil, count: times.count))
        for (check, (milliseconds, revision)) in times.enumerated() {
            time.at(.milliseconds(milliseconds)) { [time] in
                Task(executorPreference: executor) {
                    let answer: String
                    do throws(AuthorizerError) {
                        let isAllowed = try await authorizer.isAllowed(
                            organization: "o",
                            user: "u",
                            permission: "read",
                            minimumRevision: revision.map { MembershipRevision($0) }
                        )
                        answer = isAllowed ? "yes" : "no"
                    } catch {
                        answer = error.code.rawValue
                    }
                    answers.withLock { $0[check] = Answer(text: answer, at: time.now) }
                }
            }
        }
        run(executor)
        return answers.withLock { $0 }
    }

    private struct Answer: Equatable {
        let text: String
        let at: Duration
    }

    @Test(
        "a check that began in time is answered by the first load, and a later check by the second",
        arguments: Limit.allCases
    )
    func joining(limit: Limit) throws {
        let (executor, source) = (SeededExecutor(seed: 1), slowSource())
        let authorizer = try authorizer(source, limit, executor)
        let answers = ask(authorizer, at: [0, 0, 3_000, 4_999, 5_000, 6_000, 7_999].map { ($0, nil) }, executor)
        let (first, second) = (Answer(text: "yes", at: .seconds(8)), Answer(text: "no", at: .seconds(16)))
        #expect(answers == [first, first, first, first, second, second, second])
        #expect(source.loads == 2 && authorizer.cache.statistics.inFlight == 0)
    }

    @Test(
        "every check is answered by its load, even after the second load has ended",
        arguments: Limit.allCases
    )
    func stalling(limit: Limit) throws {
        for seed in 0..<50 as Range<UInt64> {
            let run = SlowLoadTests()
            let (executor, source) = (SeededExecutor(seed: seed), run.slowSource(isStalling: true))
            let authorizer = try run.authorizer(source, limit, executor)
            let answers = run.ask(authorizer, at: [0, 4_000, 5_000, 6_000, 7_000, 7_500].map { ($0, nil) }, executor)
            #expect(answers.map { $0?.text } == ["yes", "yes", "no", "no", "no", "no"], "seed \(seed)")
            #expect(source.loads == 2, "seed \(seed)")
        }
    }

    @Test(
        "checks for a state that the source has not reached are told so by the first load that began after them"
    )
    func behind() throws {
        let (executor, source) = (SeededExecutor(seed: 1), slowSource())
        let authorizer = try authorizer(source, .provisional, executor)
        let answers = ask(authorizer, at: [(0, nil), (1_000, 1), (2_000, 1), (7_000, 1)], executor)
        let behind = Answer(text: "membership-source-behind", at: .seconds(16))
        #expect(answers == [Answer(text: "yes", at: .seconds(8)), behind, behind, behind])
        #expect(source.loads == 2)
    }
}
