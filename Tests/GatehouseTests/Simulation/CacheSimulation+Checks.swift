@_spi(Benchmarks) import Gatehouse
import GatehouseBase
import GatehouseTesting

/// Clients that ask.
extension CacheSimulation {
    func question(_ node: Node, _ member: Member) -> CacheModel.Question {
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
    func checkTokens(_ node: Node, _ member: Member) {
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

    func check(_ node: Node, _ member: Member) async {
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

    func checkResolved(_ node: Node, _ member: Member) async {
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
    func checkAtLeast(_ node: Node) async {
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

    func judge(_ answer: Bool, _ asked: CacheModel.Question, _ node: Node) {
        let policies = node.policies.withLock { $0 }
        model.judge(answer, asked, endStep: steps.next(), endInstant: time.clock.now, policies: policies)
    }
}
