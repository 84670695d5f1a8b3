#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import SharedVectors
import Testing

private func springRows(_ member: String) -> [SharedVectors.Row] {
    SharedVectors.rows("rbac/spring-role-hierarchy.json", member)
}

@Suite("Policies of other engines, translated into documents, decide as their own tests expect", SharedVectors.trait)
struct OtherEnginesTests {
    private static let casbinFiles = ["casbin-basic.json", "casbin-rbac.json", "casbin-rbac-deny.json"]

    /// Casbin gives permissions to users and to roles; here a user's own stand in a role of that user alone. Its
    /// object and action are the two segments of a permission. Where nothing denies, its “allow-override” is the same
    /// as our “deny-overrides”.
    @Test("Casbin", arguments: casbinFiles)
    func casbin(file: String) throws {
        let vectors = try #require(SharedVectors.json("rbac/\(file)").map { JSONValue($0) })
        let normalized = try #require(vectors["policy"]?["normalized"])
        let users = normalized["users"]?.members ?? []
        let engine = try PolicyEngine(
            reading: document(
                roles: (normalized["roles"]?.members ?? []).map { Self.role($0.name, $0.value) }
                    + users.map { Self.role("user:\($0.name)", $0.value) },
                assignments: users.flatMap { user in
                    [("user:\(user.name)", user.name)]
                        + (user.value["roles"]?.elements ?? []).compactMap { role in
                            role["role"]?.string.map { ($0, user.name) }
                        }
                }
            )
        )
        let checks = try #require(vectors["checks"]?.elements)
        #expect(checks.count >= 8)
        for check in checks {
            let subject = try #require(check["subject"]?.string)
            let permission = try Permission(validating: #require(check["permission"]?.string))
            let decision = engine.decide(AccessCheck(permission, by: Principal(subject), at: .distantPast))
            #expect(.bool(decision.isAllowed) == check["expected"], "\(subject) \(permission): \(decision)")
        }
    }

    /// A role is reached where its holder has the permission that this role alone grants.
    @Test("Spring Security's role hierarchy: which roles are reached", arguments: springRows("reachable_cases"))
    func reachable(row: SharedVectors.Row) throws {
        let pairs = Self.pairs(row["hierarchy"])
        let held = row["have"]?.strings ?? []
        let names = Self.unique(pairs.flatMap { [$0.0, $0.1] } + held)
        let engine = try PolicyEngine(reading: document(roles: Self.hierarchy(pairs, names)))
        let principal = Principal("x", roles: held.map { RoleAssignment($0) })
        let reached = try names.filter { name in
            let permission = try Permission(validating: "reached:\(name)")
            return engine.decide(AccessCheck(permission, by: principal, at: .distantPast)).isAllowed
        }
        #expect(Set(reached) == Set(row["expected"]?.strings ?? []))
    }

    @Test("Spring Security's role hierarchy: a cycle is refused", arguments: springRows("cycle_cases"))
    func cycle(row: SharedVectors.Row) throws {
        let pairs = Self.pairs(row.value)
        let names = Self.unique(pairs.flatMap { [$0.0, $0.1] })
        let findings = PolicyDocument(reading: document(roles: Self.hierarchy(pairs, names))).findings
        #expect(!findings.isEmpty && findings.allSatisfy { $0.code == .inheritanceCycle && $0.position != nil })
    }

    @Test("Spring Security's role hierarchy: what is no cycle is not refused", arguments: springRows("no_cycle_cases"))
    func noCycle(row: SharedVectors.Row) {
        let pairs = Self.pairs(row.value)
        let names = Self.unique(pairs.flatMap { [$0.0, $0.1] })
        #expect(PolicyDocument(reading: document(roles: Self.hierarchy(pairs, names))).findings.isEmpty)
    }

    // MARK: Translation

    private func document(roles: [JSONMember], assignments: [(role: String, principal: String)] = []) -> [UInt8] {
        let document: JSONValue = [
            "gatehouse": 1, "roles": .object(roles),
            "assignments": .array(
                assignments.map { ["principal": .string($0.principal), "role": .string($0.role)] }
            ),
        ]
        return document.utf8
    }

    private static func role(_ name: String, _ value: JSONValue) -> JSONMember {
        func patterns(_ effect: String) -> JSONValue {
            let matching = (value["permissions"]?.elements ?? []).filter { $0["effect"] == .string(effect) }
            return .array(matching.compactMap { $0["permission"] })
        }
        return JSONMember(
            name,
            [
                "grants": patterns("allow"), "denies": patterns("deny"),
                "inherits": value["inherits"] ?? .array([]),
            ]
        )
    }

    private static func hierarchy(_ pairs: [(String, String)], _ names: [String]) -> [JSONMember] {
        names.map { name in
            let inherits = pairs.filter { $0.0 == name }.map(\.1)
            return JSONMember(name, ["inherits": JSONValue(inherits), "grants": [.string("reached:\(name)")]])
        }
    }

    private static func pairs(_ value: JSONValue?) -> [(String, String)] {
        (value?.elements ?? []).compactMap { pair in
            let names = pair.strings
            return names.count == 2 ? (names[0], names[1]) : nil
        }
    }

    private static func unique(_ names: [String]) -> [String] {
        names.enumerated().filter { names.firstIndex(of: $1) == $0 }.map(\.element)
    }
}

extension JSONValue {
    fileprivate var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
    fileprivate var members: [JSONMember] { if case .object(let members) = self { members } else { [] } }
    fileprivate var strings: [String] { elements.compactMap(\.string) }
}
#endif
