import Gatehouse
import Synchronization

/// The question of granting as it is meant: for each name, whatever the conditions come to. Slow and obviously right.
struct ReferenceGranting {
    let policy: Policy

    /// Names of up to four segments, one more than a pattern of ``RandomGranting`` has: its literals and a fresh one.
    static let names: [String] = {
        let segments = ["a", "b", "z"]
        var lengths = [segments]
        for _ in 1...3 {
            lengths.append(lengths[lengths.count - 1].flatMap { name in segments.map { name + ":" + $0 } })
        }
        return lengths.flatMap { $0 }
    }()
    private static let matched = Mutex<[String: Set<String>]>([:])

    /// The names that the role gives, under some outcome of the conditions, and that the principal then has not.
    func counterexamples(_ role: String, _ principal: Principal) -> Set<String> {
        let conditional = policy.rules.filter { $0.condition != nil }.map(\.id)
        let held = held(principal)
        return (0..<(1 << conditional.count)).reduce(into: []) { found, outcome in
            let applying = Set(conditional.enumerated().filter { outcome >> $0.offset & 1 == 1 }.map(\.element))
            let rules = policy.rules.filter { $0.condition == nil || applying.contains($0.id) }
            // If denials override, everyone has the rights that the rules for everyone allow.
            let given = allowed(
                [role],
                rules.filter { $0.effect == .deny || !$0.roles.contains("*") || policy.combining == .anyCleanRole }
            )
            found.formUnion(held.reduce(given) { $0.subtracting(allowed($1, rules)) })
        }
    }

    /// The groups of roles that are judged together; none where a constraint is violated.
    private func held(_ principal: Principal) -> [[String]] {
        var roles = principal.roles.map(\.role)
        if let active = principal.activeRoles { roles = active.filter(closure(roles).contains) }
        let reached = closure(roles)
        guard policy.constraints.allSatisfy({ $0.roles.filter(reached.contains).count <= $0.limit }) else { return [] }
        return policy.combining == .denyOverrides || roles.isEmpty ? [roles] : roles.map { [$0] }
    }

    private func closure(_ names: [String]) -> Set<String> {
        policy.roles.filter { names.contains($0.name) }.reduce(into: Set(names)) { $0.formUnion(closure($1.inherits)) }
    }

    /// The names that roles and the rules that apply to them allow together.
    private func allowed(_ names: [String], _ rules: [Rule]) -> Set<String> {
        let reached = closure(names)
        let roles = policy.roles.filter { reached.contains($0.name) }
        let rules = rules.filter { $0.roles.contains { $0 == "*" || reached.contains($0) } }
        func patterns(_ effect: Rule.Effect) -> [String] {
            rules.filter { $0.effect == effect }.flatMap(\.permissions)
        }
        return Self.names(matching: roles.flatMap(\.grants) + patterns(.allow))
            .subtracting(Self.names(matching: roles.flatMap(\.denies) + patterns(.deny)))
    }

    static func names(matching patterns: [String]) -> Set<String> {
        patterns.reduce(into: []) { $0.formUnion(names(matching: $1)) }
    }

    static func names(matching pattern: String) -> Set<String> {
        matched.withLock { matched in
            if let names = matched[pattern] { return names }
            let names = Set(names.filter { matches(pattern, $0) })
            matched[pattern] = names
            return names
        }
    }

    private static func matches(_ pattern: String, _ name: String) -> Bool {
        let (pattern, name) = (pattern.split(separator: ":"), name.split(separator: ":"))
        return (pattern.last == "**" ? name.count >= pattern.count : name.count == pattern.count)
            && zip(pattern, name).allSatisfy { $0 == "*" || $0 == "**" || $0 == $1 }
    }
}
