@_spi(Benchmarks) import Gatehouse
import GatehouseBase
import GatehouseTesting
import SeededGenerator
import Synchronization

/// Some nodes with caches over one store, on virtual time and one thread: clients check, change, invalidate, cancel and replace policies, in an
/// order that a seed decides, and a model says of every answer whether it may be so.
final class CacheSimulation: Sendable {
    static let issuer = "https://issuer"
    static let timeToLive = Duration.seconds(3)
    static let negativeTimeToLive = Duration.milliseconds(700)
    static let disconnectedTimeToLive = Duration.milliseconds(900)
    static let capacity = 3
    static let members = [("u", "a"), ("u", "b"), ("v", "a"), ("v", nil)].map { user, organization in
        Member(user, in: organization, issuer: issuer)
    }
    static let duration = Duration.seconds(8)
    static let policies = (0..<3).map(SimulatedPolicy.init)

    struct Node: Sendable {
        let index: Int
        let authorizer: Authorizer
        let maximumLoads: Int
        let policies: Mutexed<[(step: Int, policy: SimulatedPolicy)]>
    }

    let time: VirtualTime
    let steps: Steps
    let store: RecordedMemberships
    let nodes: [Node]
    let model: CacheModel
    let tokens: TokenModel
    /// The last few tokens of each member, by when they were issued.
    let issued = Mutexed<[Int: [Timestamp]]>([:])
    let executor: SeededExecutor
    let bus: LossyBus
    let random: Mutexed<SeededGenerator>
    let lastRevision = Mutexed<(revision: MembershipRevision, member: Member, step: Int)?>(nil)

    init(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let executor = SeededExecutor(seed: random.next())
        let time = VirtualTime()
        let steps = Steps(time)
        (self.time, self.steps) = (time, steps)
        let store = RecordedMemberships(seed: random.next(), time, steps)
        let count = Int.random(in: 1...3, using: &random)
        let bus = LossyBus(nodes: count, seed: random.next(), time)
        let cacheSeed = random.next()
        let maximumLoads = Int.random(in: 1...Self.members.count, using: &random)  // at most one for each is under way
        nodes = try (0..<count).map { node in
            var configuration = PermissionCache.Configuration(
                capacity: Self.capacity,
                timeToLive: Self.timeToLive,
                negativeTimeToLive: Self.negativeTimeToLive,
                disconnectedTimeToLive: Self.disconnectedTimeToLive,
                maximumLoads: maximumLoads,
                clock: time.clock.monotonic,
                executor: executor
            )
            configuration.seed = cacheSeed &+ UInt64(node)
            let authorizer = Authorizer(
                policy: CurrentPolicy(Self.policies[0].engine),
                memberships: store.view(maximumLoads: maximumLoads),
                issuer: Self.issuer,
                cache: try PermissionCache(configuration),
                bus: count > 1 ? LossyBus.Endpoint(bus: bus, node: node) : nil,
                clock: time.clock.wall
            )
            return Node(
                index: node,
                authorizer: authorizer,
                maximumLoads: maximumLoads,
                policies: Mutexed([(0, Self.policies[0])])
            )
        }
        self.executor = executor
        self.store = store
        self.bus = bus
        self.random = Mutexed(random)
        model = CacheModel(store)
        tokens = TokenModel(hasBus: count > 1)
    }

    /// Runs to the end. What must not be is in the model's violations.
    func run(operations: Int) {
        let followers = nodes.map { node in
            Task(executorPreference: executor) { try await node.authorizer.followBus() }
        }
        for beat in 0..<32 { time.at(.milliseconds(beat * 250)) { [bus] in bus.sendHeartbeat() } }
        for member in Self.members {
            store.change(member) { _ in [RoleAssignment(SimulatedPolicy.roles[pick(0..<3)])] }
        }
        // Bursts, in which many things happen to few members at once.
        for _ in 0..<operations / 5 {
            let instant = Self.duration * Double(pick(0..<1_000)) / 1_000
            for _ in 0..<5 { time.at(instant + .milliseconds(pick(0..<300))) { [self] in begin() } }
        }
        drain()
        for task in followers { task.cancel() }
        drain()
        finish()
    }

    /// The answers to clients and their times, equal for equal seeds.
    var answers: [CacheModel.Answer] { model.answers }

    private func drain() {
        repeat {
            while executor.runOne() {
                for node in nodes where node.authorizer.cache.count > Self.capacity {
                    model.violate("there are more entries than the capacity")
                }
            }
        } while time.advance()
    }

    /// When nothing is under way: cached equals uncached, and an empty cache has empty indexes.
    private func finish() {
        for node in nodes {
            let cache = node.authorizer.cache
            if cache.statistics.inFlight > 0 { model.violate("a load never ended") }
            if cache.loadCount != 0 { model.violate("\(cache.loadCount) loads are counted that are none") }
        }
        for node in nodes { Task(executorPreference: executor) { [self] in await compare(node) } }
        drain()
        for node in nodes {
            let cache = node.authorizer.cache
            for member in Self.members { cache.invalidate(.member(member)) }
            if cache.count > 0 || cache.indexCount > 0 { model.violate("an empty cache has an index that is not") }
        }
        if store.doubleLoads > 0 { model.violate("a member was loaded twice at a time") }
        if store.excessLoads > 0 { model.violate("more members were loaded at a time than may be") }
    }

    /// Asks a node that has just forgotten everything, so that each answer is as fresh as the store, and then its cache.
    private func compare(_ node: Node) async {
        node.authorizer.applyLocally(Invalidation(.everything))
        for member in Self.members {
            var asked = question(node, member)
            asked.notBefore = asked.step
            for (permission, name) in SimulatedPolicy.permissions.enumerated() {
                asked.permission = permission
                let answer = try? await node.authorizer.isAllowed(
                    organization: member.organization,
                    user: member.user,
                    permission: name
                )
                let cached = node.authorizer.cachedAnswer(
                    organization: member.organization,
                    user: member.user,
                    permission: name
                )
                for answer in [answer, cached].compactMap(\.self) { judge(answer, asked, node) }
            }
        }
    }

    func pick<Value: FixedWidthInteger & Sendable>(_ range: Range<Value>) -> Value {
        random.withLock { Value.random(in: range, using: &$0) }
    }

    func pick<Element: Sendable>(_ elements: [Element]) -> Element { elements[pick(0..<elements.count)] }

    /// Starts one client.
    func begin() {
        let (node, member) = (pick(nodes), pick(Self.members))
        let task = Task(executorPreference: executor) { [self] in
            switch pick(0..<100) {
            case 0..<45: await check(node, member)
            case 45..<55: await checkResolved(node, member)
            case 55..<62: await checkAtLeast(node)
            case 62..<80:
                await change(node, member)
                await check(node, member)
            case 80..<87: changeBehindItsBack(member)
            case 87..<96:
                await invalidate(node, member)
                await check(node, member)
            default: replacePolicy(node)
            }
        }
        if pick(0..<100) < 12 { time.at(time.now + .milliseconds(pick(0..<300))) { task.cancel() } }
    }
}
