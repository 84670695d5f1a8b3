import Gatehouse
import GatehouseBase
import GatehouseTesting

/// Clients that change roles, invalidate and replace policies.
extension CacheSimulation {
    func change(_ node: Node, _ member: Member) async {
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
    func beginTaking(_ scope: Invalidation.Scope, _ node: Node) -> Int {
        let members = Self.members.indices.filter { Self.covers(scope, Self.members[$0]) }
        return tokens.begin(members, node: node.index, at: time.clock.now)
    }

    func endTaking(_ number: Int?, isTaken: Bool?, isPublished: Bool) {
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

    func changeBehindItsBack(_ member: Member) {
        let role = SimulatedPolicy.roles[pick(0..<3)]
        store.change(member) { roles in
            roles.contains { $0.role == role } ? roles.filter { $0.role != role } : roles + [RoleAssignment(role)]
        }
    }

    /// Changes several members at once, and invalidates them in one go.
    func invalidate(_ node: Node, _ member: Member) async {
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
    static func covers(_ scope: Invalidation.Scope, _ member: Member) -> Bool {
        switch scope {
        case .member(let other): member == other
        case .user(_, let user): member.user == user
        case .organization(_, let organization): member.organization == organization
        case .everything: true
        case .role, .session: false
        }
    }

    func acknowledge(_ scope: Invalidation.Scope, _ begun: Int, _ node: Node, isPublished: Bool) {
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

    func replacePolicy(_ node: Node) {
        let policy = pick(Self.policies)
        // Recorded first: a check that is under way may see either.
        node.policies.withLock { $0.append((steps.next(), policy)) }
        node.authorizer.policy.replace(with: policy.engine)
    }
}

extension Invalidation.Scope {
    fileprivate var role: String? { if case .role(let role) = self { role } else { nil } }
}
