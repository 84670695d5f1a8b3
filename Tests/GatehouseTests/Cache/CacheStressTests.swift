import Foundation
import GatehouseTesting
import SeededGenerator
import Synchronization
import Testing

@_spi(Benchmarks) @testable import Gatehouse

/// `make test-long` runs this with the thread sanitizer, over a million operations.
@Suite("Many tasks check, change and forget at once")
struct CacheStressTests {
    /// Each test's operations: ten times `GATEHOUSE_ITERATIONS`, by default 20,000.
    static let operations =
        10 * (ProcessInfo.processInfo.environment["GATEHOUSE_ITERATIONS"].flatMap { Int($0) } ?? 2_000)
    static let tasks = 8
    private let bus: InProcessInvalidationBus
    private let engines: [PolicyEngine]

    init() throws {
        bus = try InProcessInvalidationBus(capacity: 64)
        engines = try ["x", "y"].map { other in
            try PolicyEngine(
                Policy(roles: [Role("reader", grants: ["read", other]), Role("other", grants: [other]), Role("third")])
            )
        }
    }

    @Test("no answer is older than a change that its owner made, and no entry is left over", arguments: [48, 100_000])
    func stress(capacity: Int) async throws {
        // The small one evicts all the time; the large one has many shards.
        let authorizer = Authorizer(
            policy: CurrentPolicy(engines[0]),
            memberships: InMemoryMemberships(),
            issuer: "",
            cache: try PermissionCache(.init(capacity: capacity, timeToLive: .milliseconds(20))),
            bus: bus.endpoint()
        )
        let listening = Task { try await authorizer.followBus() }
        let failures = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<Self.tasks { group.addTask { try await run(task, authorizer) } }
            return try await group.reduce(0, +)
        }
        listening.cancel()
        #expect(failures < Self.operations / 100)
        authorizer.applyLocally(Invalidation(.everything))
        try await eventually(equals: 0) { authorizer.cache.indexCount }
        #expect(authorizer.cache.count == 0)
    }

    /// Each task owns members, which it alone changes and so knows; all tasks read all members.
    ///
    /// - Returns: How many checks stayed undecided, since invalidations overtook their loads again and again.
    private func run(_ task: Int, _ authorizer: Authorizer) async throws -> Int {
        var random = SeededGenerator(seed: UInt64(task))
        let own = (0..<6).map { Member(Self.user(task, "\($0)"), in: Self.organizations[$0 % 3], issuer: "") }
        var isReader = Set<Member>()
        var resolved: (principal: LeasedPrincipal, member: Member)?
        var failures = 0
        for _ in 0..<(Self.operations / Self.tasks) {
            let member = random.pick(own)
            do throws(AuthorizerError) {
                switch Int.random(in: 0..<100, using: &random) {
                case 0..<5:
                    if isReader.contains(member) {
                        try await authorizer.remove(role: "reader", from: member)
                        isReader.remove(member)
                    } else {
                        try await authorizer.assign("reader", to: member)
                        isReader.insert(member)
                    }
                case 5..<35:
                    let isAllowed = isReader.contains(member)
                    if let cached = authorizer.cachedAnswer(member) { #expect(cached == isAllowed) }
                    #expect(try await isAllowed == authorizer.check(member))
                case 35..<45:
                    let principal = Principal(member.user, organization: member.organization.map { .init($0) })
                    let new = try await authorizer.resolve(principal)
                    #expect(new.principal.allows("read", at: .distantPast) == isReader.contains(member))
                    resolved = (new, member)
                case 45..<60:
                    // Of a member that it owns, and may have changed since.
                    guard let resolved, let answer = authorizer.cachedAnswer("read", for: resolved.principal) else {
                        break
                    }
                    #expect(answer == isReader.contains(resolved.member))
                default:
                    let other = Member(
                        Self.user(Int.random(in: 0..<8, using: &random), member.user.suffix(1)),
                        in: member.organization,
                        issuer: ""
                    )
                    _ = authorizer.cachedAnswer(other)
                    _ = try await authorizer.check(other)
                }
                try await disturb(authorizer, &random, member)
            } catch {
                guard error.code == .overtaken else { throw error }
                failures += 1
            }
        }
        return failures
    }

    /// Now and then everything else that may happen to a cache.
    private func disturb(
        _ authorizer: Authorizer,
        _ random: inout SeededGenerator,
        _ member: Member
    ) async throws(AuthorizerError) {
        switch Int.random(in: 0..<400, using: &random) {
        case 0: authorizer.policy.replace(with: random.pick(engines))
        case 1: authorizer.applyLocally(Invalidation(.everything))
        case 2: authorizer.applyLocally(Invalidation(.role("reader")))
        case 3: authorizer.applyLocally(Invalidation(.organization(issuer: "", organization: member.organization)))
        case 4:
            try await authorizer.invalidate(Invalidation(.user(issuer: "", user: member.user), revokedAt: .distantPast))
        case 5..<15: bus.sendHeartbeat()
        case 15:
            // A token of before its own role was taken away.
            try await authorizer.assign("third", to: member)
            try await authorizer.remove(role: "third", from: member)
            #expect(
                !authorizer.marks.accepts(
                    Principal(member),
                    issuedAt: WallClock.system.now().advanced(by: .seconds(-1))
                )
            )
        case 16: #expect(authorizer.cache.statistics.entries <= authorizer.cache.configuration.capacity)
        default: break
        }
    }

    /// Some ids fit into an entry, and some lie apart.
    private static let organizations = ["org_0", "org_1_" + String(repeating: "x", count: 40), "org_2"]

    private static func user(_ task: Int, _ number: some StringProtocol) -> String {
        (number == "1" || number == "4" ? String(repeating: "x", count: 40) : "") + "user_\(task)_\(number)"
    }
}

extension Authorizer {
    fileprivate func cachedAnswer(_ member: Member) -> Bool? {
        cachedAnswer(organization: member.organization, user: member.user, permission: "read")
    }

    fileprivate func check(_ member: Member) async throws(AuthorizerError) -> Bool {
        try await isAllowed(organization: member.organization, user: member.user, permission: "read")
    }
}
