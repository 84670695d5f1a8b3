#if SQLite
import GatehouseBase
import GatehouseRecords
import SeededGenerator

/// A history of a small service, and what a program without any of the library's code would make of it.
struct HistoryModel: Sendable {
    struct NaiveRole: Sendable, Equatable {
        var name: String
        var inherits: [String]
        var grants: [String]
        var denies: [String]
    }

    /// A role that somebody holds, and until when; `nil` for ever.
    struct NaiveRecordedRole: Sendable, Equatable {
        var user: String
        var organization: String
        var role: String
        var until: Int?
    }

    /// A policy: roles, and who holds one by the policy itself.
    struct NaivePolicy: Sendable {
        var roles: [NaiveRole]
        var assigned: [NaiveRecordedRole]
    }

    enum Change: Sendable {
        case policy(NaivePolicy)
        case assign(NaiveRecordedRole)
        case remove(NaiveRecordedRole)
        case ask(user: String, organization: String, permission: String)
    }

    static let users = (0..<12).map { "user_\($0)" }
    static let organizations = ["org_a", "org_b", "org_c"]
    static let resources = ["docs", "bills", "keys"]
    static let actions = ["read", "edit", "void"]
    static let roleNames = (0..<6).map { "role_\($0)" }

    /// The second at which each happened, from 1 on.
    let changes: [Change]

    init(seed: UInt64, count: Int) {
        var random = SeededGenerator(seed: seed)
        var held: [NaiveRecordedRole] = []
        changes = (1...count).map { second in
            let (user, organization) = (random.pick(Self.users), random.pick(Self.organizations))
            switch second == 1 ? 0 : Int.random(in: 0..<100, using: &random) {
            case 0: return .policy(Self.policy(&random))
            case 1..<10:
                let until = random.chance(30) ? second + Int.random(in: 1...200, using: &random) : nil
                let recorded = NaiveRecordedRole(
                    user: user,
                    organization: organization,
                    role: random.pick(Self.roleNames),
                    until: until
                )
                held.append(recorded)
                return .assign(recorded)
            case 10..<16 where !held.isEmpty: return .remove(random.pick(held))
            default: return .ask(user: user, organization: organization, permission: Self.permission(&random))
            }
        }
    }

    static func permission(_ random: inout SeededGenerator) -> String {
        "\(random.pick(resources)):\(random.pick(actions))"
    }

    static func policy(_ random: inout SeededGenerator) -> NaivePolicy {
        func patterns(_ random: inout SeededGenerator, _ count: Int) -> [String] {
            var patterns: [String] = []
            for _ in 0..<count {
                let resource = random.chance(15) ? "*" : random.pick(resources)
                let action = random.chance(25) ? "*" : random.pick(actions)
                if !patterns.contains("\(resource):\(action)") { patterns.append("\(resource):\(action)") }
            }
            return patterns
        }
        let roles = roleNames.enumerated().map { index, name in
            NaiveRole(
                name: name,
                inherits: roleNames.prefix(index).filter { _ in random.chance(30) },
                grants: patterns(&random, Int.random(in: 0...3, using: &random)),
                denies: random.chance(15) ? patterns(&random, 1) : []
            )
        }
        let assigned = (0..<2).map { _ in
            NaiveRecordedRole(
                user: random.pick(users),
                organization: random.pick(organizations),
                role: random.pick(roleNames)
            )
        }
        return NaivePolicy(roles: roles, assigned: assigned[0] == assigned[1] ? [assigned[0]] : assigned)
    }
}

extension HistoryModel.NaivePolicy {
    /// The policy as the library has it.
    var policy: Policy {
        Policy(
            roles: roles.map { Role($0.name, inherits: $0.inherits, grants: $0.grants, denies: $0.denies) },
            assignments: assigned.map { Assignment(RoleAssignment($0.role), to: $0.user, in: $0.organization) }
        )
    }

    /// The roles with all that they inherit.
    private func closure(_ names: [String]) -> [HistoryModel.NaiveRole] {
        var found: [HistoryModel.NaiveRole] = []
        var open = names
        while let name = open.popLast() {
            guard let role = roles.first(where: { $0.name == name }), !found.contains(role) else { continue }
            found.append(role)
            open += role.inherits
        }
        return found
    }

    private static func matches(_ pattern: String, _ permission: String) -> Bool {
        zip(pattern.split(separator: ":"), permission.split(separator: ":")).allSatisfy { $0 == "*" || $0 == $1 }
    }

    func names(_ held: [HistoryModel.NaiveRecordedRole], _ user: String, _ organization: String, at second: Int)
        -> [String]
    {
        (held + assigned).filter {
            $0.user == user && $0.organization == organization && ($0.until.map { second < $0 } ?? true)
        }.map(\.role)
    }

    /// True if the holder of these roles may do something.
    func allows(_ names: [String], _ permission: String) -> Bool {
        let all = closure(names)
        guard !all.contains(where: { $0.denies.contains { Self.matches($0, permission) } }) else { return false }
        return all.contains { $0.grants.contains { Self.matches($0, permission) } }
    }

    /// The grants by which the holder of these roles may do something.
    func needed(_ names: [String], _ permission: String) -> [String] {
        guard allows(names, permission) else { return [] }
        return closure(names).flatMap { role in
            role.grants.filter { Self.matches($0, permission) }.map { "\(role.name) \($0)" }
        }
    }
}

extension HistoryModel {
    /// A decision, with what was held and in force.
    struct Asked: Sendable {
        var second: Int
        var user: String
        var organization: String
        var permission: String
        var policy: NaivePolicy
        /// The membership source's answer about the asker.
        var held: [NaiveRecordedRole]

        func isAllowed(by policy: NaivePolicy) -> Bool {
            policy.allows(policy.names(held, user, organization, at: second), permission)
        }
    }

    /// The roles and the policy in force, after so many changes.
    func state(after count: Int) -> (policy: NaivePolicy, held: [NaiveRecordedRole], asked: [Asked]) {
        var policy = NaivePolicy(roles: [], assigned: [])
        var held: [NaiveRecordedRole] = []
        var asked: [Asked] = []
        for (index, change) in changes.prefix(count).enumerated() {
            switch change {
            case .policy(let new): policy = new
            case .assign(let new):
                held.removeAll {
                    $0.user == new.user && $0.organization == new.organization && $0.role == new.role
                }
                // A role that the policy lacks cannot be assigned; the policies here have all of them.
                held.append(new)
            case .remove(let old):
                held.removeAll {
                    $0.user == old.user && $0.organization == old.organization && $0.role == old.role
                }
            case .ask(let user, let organization, let permission):
                asked.append(
                    Asked(
                        second: index + 1,
                        user: user,
                        organization: organization,
                        permission: permission,
                        policy: policy,
                        held: held.filter { $0.user == user && $0.organization == organization }
                    )
                )
            }
        }
        return (policy, held, asked)
    }
}
#endif
