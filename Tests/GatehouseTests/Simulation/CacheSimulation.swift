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
    private static let negativeTimeToLive = Duration.milliseconds(700)
    static let disconnectedTimeToLive = Duration.milliseconds(900)
    static let capacity = 3
    static let members = [("u", "a"), ("u", "b"), ("v", "a"), ("v", nil)].map { user, organization in
        Member(user, in: organization, issuer: issuer)
    }
    private static let duration = Duration.seconds(8)
    private static let policies = (0..<3).map(SimulatedPolicy.init)

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
    private let tokens: TokenModel
    /// The last few tokens of each member, by when they were issued.
    private let issued = Mutexed<[Int: [Timestamp]]>([:])
    private let executor: SeededExecutor
    private let bus: LossyBus
    private let random: Mutexed<SeededGenerator>
    private let lastRevision = Mutexed<(revision: MembershipRevision, member: Member, step: Int)?>(nil)

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

    // MARK: - What clients do

    private func pick<Value: FixedWidthInteger & Sendable>(_ range: Range<Value>) -> Value {
        random.withLock { Value.random(in: range, using: &$0) }
    }

    private func pick<Element: Sendable>(_ elements: [Element]) -> Element { elements[pick(0..<elements.count)] }

    /// Starts one client.
    private func begin() {
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

    private func question(_ node: Node, _ member: Member) -> CacheModel.Question {
        CacheModel.Question(
            node: node.index,
            member: Self.members.firstIndex(of: member) ?? 0,
            permission: pick(0..<3),
            step: steps.next(),
            time: time.now,
            instant: time.clock.now,
            notBefore: steps.before(time.now - Self.timeToLive),
            nothingNotBefore: steps.before(time.now - Self.negativeTimeToLive)
        )
    }

    /// Looks at the tokens that a member was given, and now and then gives it another.
    private func checkTokens(_ node: Node, _ member: Member) {
        let number = Self.members.firstIndex(of: member) ?? 0
        if pick(0..<3) == 0 {
            let now = Timestamp(seconds: time.clock.now.seconds) ?? .distantPast  // whole seconds, as `iat`
            issued.withLock { $0[number] = ($0[number] ?? []).suffix(3) + [now] }
        }
        for token in issued.withLock({ $0[number] ?? [] }) {
            let asked = TokenModel.Question(
                node: node.index,
                member: number,
                issuedAt: token,
                step: steps.next(),
                time: time.now
            )
            let isAccepted = node.authorizer.marks.accepts(Principal(member), issuedAt: token)
            if let violation = tokens.violation(isAccepted, asked) { model.violate(violation) }
        }
    }

    private func check(_ node: Node, _ member: Member) async {
        for _ in 0..<pick(1..<4) {
            checkTokens(node, member)
            let asked = question(node, member)
            let permission = SimulatedPolicy.permissions[asked.permission]
            if let answer = node.authorizer.cachedAnswer(
                organization: member.organization,
                user: member.user,
                permission: permission
            ) {
                judge(answer, asked, node)
            }
            do throws(AuthorizerError) {
                let answer = try await node.authorizer.isAllowed(
                    organization: member.organization,
                    user: member.user,
                    permission: permission
                )
                judge(answer, asked, node)
            } catch {
                if error.code == .cancelled, !Task.isCancelled {
                    model.violate("somebody else's cancellation failed a check")
                }
                if error.code == .tooManyLoads, node.authorizer.cache.statistics.inFlight < node.maximumLoads {
                    model.violate("a check was refused though there was room for another load")
                }
                if error.code == .behind {
                    model.violate("a check that asked for no revision was told that the source lags")
                }
            }
        }
    }

    private func checkResolved(_ node: Node, _ member: Member) async {
        guard let resolved = try? await node.authorizer.resolve(Principal(member)) else { return }
        for _ in 0..<4 {
            let asked = question(node, member)
            if let answer = node.authorizer.cachedAnswer(SimulatedPolicy.permissions[asked.permission], for: resolved) {
                judge(answer, asked, node)
            }
            await time.sleep(.milliseconds(pick(0..<1_500)))
        }
    }

    /// Asks for what a change that returned has made, on whatever node.
    private func checkAtLeast(_ node: Node) async {
        guard let (revision, member, step) = lastRevision.withLock({ $0 }) else { return }
        var asked = question(node, member)
        asked.notBefore = max(asked.notBefore, step)
        let answer = try? await node.authorizer.isAllowed(
            organization: member.organization,
            user: member.user,
            permission: SimulatedPolicy.permissions[asked.permission],
            minimumRevision: revision
        )
        if let answer { judge(answer, asked, node) }
    }

    private func judge(_ answer: Bool, _ asked: CacheModel.Question, _ node: Node) {
        let policies = node.policies.withLock { $0 }
        model.judge(answer, asked, endStep: steps.next(), endInstant: time.clock.now, policies: policies)
    }

    private func change(_ node: Node, _ member: Member) async {
        let role = SimulatedPolicy.roles[pick(0..<3)]
        let begun = steps.next()
        let isAssigned = pick(0..<2) == 0
        let ends =
            isAssigned && pick(0..<4) == 0 ? time.clock.now.advanced(by: .milliseconds(pick(0..<4_000))) : nil
        // A grant without an end takes nothing away, whatever becomes of it.
        let taking = isAssigned && ends == nil ? nil : beginTaking(.member(member), node)
        do throws(AuthorizerError) {
            let revision =
                isAssigned
                ? try await node.authorizer.assign(RoleAssignment(role, notAfter: ends), to: member)
                : try await node.authorizer.remove(role: role, from: member)
            guard let revision else { return model.violate("a store that counts its states named none") }
            let changed = store.step(of: revision)
            lastRevision.withLock { $0 = (revision, member, changed) }
            endTaking(taking, isTaken: store.effect(of: revision) == .lost, isPublished: true)
            acknowledge(.member(member), changed, node, isPublished: true)
        } catch {
            // The node forgot all the same, before it said so; what the others were told is unknown.
            endTaking(taking, isTaken: error.code == .sourceFailed ? true : nil, isPublished: false)
            acknowledge(.member(member), begun, node, isPublished: false)
        }
    }

    /// Somebody begins to take something away from those whom an invalidation covers.
    private func beginTaking(_ scope: Invalidation.Scope, _ node: Node) -> Int {
        let members = Self.members.indices.filter { Self.covers(scope, Self.members[$0]) }
        return tokens.begin(members, node: node.index, at: time.clock.now)
    }

    private func endTaking(_ number: Int?, isTaken: Bool?, isPublished: Bool) {
        guard let number else { return }
        tokens.end(
            number,
            isTaken: isTaken,
            isPublished: isPublished,
            step: steps.next(),
            time: time.now,
            at: time.clock.now
        )
    }

    private func changeBehindItsBack(_ member: Member) {
        let role = SimulatedPolicy.roles[pick(0..<3)]
        store.change(member) { roles in
            roles.contains { $0.role == role } ? roles.filter { $0.role != role } : roles + [RoleAssignment(role)]
        }
    }

    /// Changes several members at once, and invalidates them in one go.
    private func invalidate(_ node: Node, _ member: Member) async {
        let role = SimulatedPolicy.roles[pick(0..<3)]
        let scope: Invalidation.Scope = pick([
            .user(issuer: member.issuer, user: member.user),
            .organization(issuer: member.issuer, organization: member.organization), .role(role), .everything,
        ])
        for member in Self.members where scope.role != nil || Self.covers(scope, member) {
            store.change(member) { $0.filter { $0.role != role } }  // of a role all, since anybody may hold it
        }
        let begun = steps.now
        let instant = pick(0..<2) == 0 ? time.clock.now : nil
        let taking = instant == nil ? nil : beginTaking(scope, node)
        do throws(AuthorizerError) {
            try await node.authorizer.invalidate(Invalidation(scope, revokedAt: instant))
            endTaking(taking, isTaken: true, isPublished: true)
            acknowledge(scope, begun, node, isPublished: true)
        } catch {
            endTaking(taking, isTaken: true, isPublished: false)
            acknowledge(scope, begun, node, isPublished: false)
        }
    }

    /// True if an invalidation forgets a member, whatever that holds.
    private static func covers(_ scope: Invalidation.Scope, _ member: Member) -> Bool {
        switch scope {
        case .member(let other): member == other
        case .user(_, let user): member.user == user
        case .organization(_, let organization): member.organization == organization
        case .everything: true
        case .role, .session: false
        }
    }

    private func acknowledge(_ scope: Invalidation.Scope, _ begun: Int, _ node: Node, isPublished: Bool) {
        model.acknowledge(
            CacheModel.Acknowledged(
                members: Self.members.indices.filter { Self.covers(scope, Self.members[$0]) },
                role: scope.role,
                node: node.index,
                isPublished: isPublished,
                begun: begun,
                step: steps.next(),
                time: time.now
            )
        )
    }

    private func replacePolicy(_ node: Node) {
        let policy = pick(Self.policies)
        // Recorded first: a check that is under way may see either.
        node.policies.withLock { $0.append((steps.next(), policy)) }
        node.authorizer.policy.replace(with: policy.engine)
    }
}

extension Invalidation.Scope {
    fileprivate var role: String? { if case .role(let role) = self { role } else { nil } }
}
