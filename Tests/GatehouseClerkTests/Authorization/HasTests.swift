import Gatehouse
import GatehouseClerk
import GatehouseTesting
import SharedVectors
import Testing

@Suite("has() answers as Clerk's SDK does")
struct HasTests {
    @Test(
        "a case of the SDK's tests has the same answer",
        SharedVectors.trait,
        arguments: SharedVectors.rows("clerk/check-authorization.json", "cases")
    )
    func shared(row: SharedVectors.Row) throws {
        let auth = try #require(row["auth"])
        let claims: JSONValue = [
            "org_id": auth["orgId"] ?? .null, "org_role": auth["orgRole"] ?? .null,
            "org_permissions": auth["orgPermissions"] ?? .null, "fea": auth["features"] ?? .null,
            // The cases of the SDK's tests have plans without a scope, which none of them asks for.
            "pla": auth["plans"] ?? .null, "fva": auth["factorVerificationAge"] ?? .null,
        ]
        var principal = try Fixture.session(claims).principal
        if auth["userId"] == .null { principal.id = "" }
        #expect(answer(principal, try #require(row["params"])) == (row["expect"] == true))
    }

    @Test(
        "the claims of a session give the SDK's answers",
        SharedVectors.trait,
        arguments: SharedVectors.rows("clerk/has-from-claims.json", "cases")
    )
    func sharedClaims(row: SharedVectors.Row) throws {
        let principal = try Fixture.session(try #require(row["claims"])).principal
        guard case .array(let checks) = row["checks"] else { return }
        #expect(!checks.isEmpty)
        for check in checks {
            #expect(answer(principal, try #require(check["params"])) == (check["expect"] == true), "\(check)")
        }
    }

    @Test(
        "a list of features is split by scope",
        SharedVectors.trait,
        arguments: SharedVectors.rows("clerk/check-authorization.json", "split_by_scope")
    )
    func split(row: SharedVectors.Row) throws {
        let principal = try Fixture.session(["fea": try #require(row["claim"])]).principal
        let names = strings(row["org"]) + strings(row["user"]) + ["other"]
        for name in names {
            #expect(principal.has(feature: "o:\(name)") == strings(row["org"]).contains(name))
            #expect(principal.has(feature: "u:\(name)") == strings(row["user"]).contains(name))
            #expect(principal.has(feature: name) == (name != "other"))
        }
    }

    /// An argument that is no string, or no reverification, cannot be written in Swift; Clerk's SDK answers no.
    private func answer(_ principal: Principal, _ parameters: JSONValue) -> Bool {
        guard case .object(let members) = parameters else { return false }
        var reverification: Reverification?
        var texts: [String: String] = [:]
        for member in members {
            if member.name == "reverification" {
                guard let value = Reverification(member.value) else { return false }
                reverification = value
            } else {
                guard case .string(let text) = member.value else { return false }
                texts[member.name] = text
            }
        }
        return principal.has(
            role: texts["role"],
            permission: texts["permission"],
            feature: texts["feature"],
            plan: texts["plan"],
            reverification: reverification
        )
    }

    private func strings(_ value: JSONValue?) -> [String] {
        guard case .array(let values) = value else { return [] }
        return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    // MARK: What those cases leave open

    private static let session = Principal(
        "user_1",
        organization: "org_1",
        roles: ["org:admin"],
        permissions: ["org:a:read", "b:read", "org:org:c:read"],
        features: ["o:x", "u:y", "z:w", "ou:v"],
        plans: ["u:pro"],
        factorAges: .init(first: 0, second: nil),
        tokenKind: .session
    )

    @Test(
        "a role is the same with any number of leading org:, and by bytes",
        arguments: [
            ("admin", true), ("org:admin", true), ("org:org:admin", true), ("Admin", false), ("org:", false),
            ("", false),
            ("admi", false), ("admin ", false),
        ]
    )
    func roles(role: String, isHeld: Bool) {
        #expect(Self.session.has(role: role) == isHeld)
    }

    @Test(
        "a permission is prefixed, and the entries of the claim are not",
        arguments: [
            ("a:read", true), ("org:a:read", true), ("org:org:a:read", true), ("b:read", false), ("org:b:read", false),
            ("c:read", false), ("org:org:c:read", false), ("org:a", false), ("", false),
        ]
    )
    func permissions(permission: String, isHeld: Bool) {
        #expect(Self.session.has(permission: permission) == isHeld)
    }

    @Test(
        "a feature's scope is one of five words, and further colons are cut off",
        arguments: [
            ("x", true), ("o:x", true), ("org:x", true), ("organization:x", true), ("u:x", false), ("o:x:more", true),
            ("y", true), ("user:y", true), ("o:y", false), ("w", false), ("z:w", false), ("o:w", false), ("v", true),
            ("o:v", true), ("u:v", true), ("O:x", false), ("ou:v", false), (":x", false), ("o:", false), ("", false),
        ]
    )
    func features(feature: String, isHeld: Bool) {
        #expect(Self.session.has(feature: feature) == isHeld)
    }

    @Test("no entry of a claim counts where one entry has no scope")
    func malformedList() throws {
        let principal = try Fixture.session(["fea": "o:x,y", "pla": "pro"]).principal
        #expect(!principal.has(feature: "x") && !principal.has(feature: "y") && !principal.has(plan: "pro"))
    }

    @Test("no role and no permission holds without an organization")
    func personal() {
        var principal = Self.session
        principal.organization = nil
        #expect(!principal.has(role: "admin") && !principal.has(permission: "a:read"))
        #expect(principal.has(feature: "x"))
    }

    @Test(
        "only sessions of users get a yes",
        arguments: Principal.TokenKind.allCases.map { $0 as Principal.TokenKind? } + [nil]
    )
    func kinds(kind: Principal.TokenKind?) {
        var principal = Self.session
        principal.tokenKind = kind
        #expect(principal.has(role: "admin") == (kind == .session))
        principal.kind = .machine
        #expect(!principal.has(role: "admin"))
    }

    /// Ages in minutes, `nil` for a factor that the user does not have; then strict_mfa, strict, moderate, lax, y or n each.
    @Test(
        "each preset asks for its factors within its time, and for the first one of a user without a second",
        arguments: [
            (0, 0, "yyyy"), (9, 9, "yyyy"), (10, 9, "nyyy"), (9, 10, "nnyy"), (9, 59, "nnyy"), (9, 60, "nnny"),
            (9, 1_439, "nnny"), (9, 1_440, "nnnn"), (2_000, 0, "nyyy"), (nil, 0, "nyyy"), (9, nil, "yyyy"),
            (10, nil, "nnyy"), (60, nil, "nnny"), (1_440, nil, "nnnn"), (nil, nil, "nnnn"),
        ] as [(Int?, Int?, String)]
    )
    func presets(first: Int?, second: Int?, answers: String) {
        var principal = Self.session
        principal.factorAges = .init(first: first, second: second)
        let presets: [Reverification] = [.strictMFA, .strict, .moderate, .lax]
        #expect(presets.map { principal.has(reverification: $0) ? "y" : "n" }.joined() == answers)
        let firstFactor = Reverification(.firstFactor, afterMinutes: 10)
        let isFresh = (first ?? .max) < 10
        #expect(principal.has(reverification: firstFactor) == isFresh)
    }

    @Test("a question for several rights is answered yes only where all of them hold")
    func several() {
        let session = Self.session
        let hasAll = session.has(
            role: "admin",
            permission: "a:read",
            feature: "x",
            plan: "pro",
            reverification: .strict
        )
        #expect(hasAll)
        #expect(!session.has(role: "admin", permission: "a:write"))
        #expect(!session.has(role: "member", permission: "a:read"))
        let stale = Reverification(.firstFactor, afterMinutes: 0)
        #expect(!session.has(permission: "a:read", reverification: stale))
    }

    @Test("absent ages, and no minutes, are never fresh", arguments: Reverification.Level.allCases)
    func reverification(level: Reverification.Level) {
        var principal = Self.session
        // The session has no second factor; all levels but the strict one then take the first.
        let isMet = principal.has(reverification: Reverification(level, afterMinutes: 1))
        #expect(isMet == (level != .secondFactorStrict))
        #expect(!principal.has(reverification: Reverification(level, afterMinutes: 0)))
        #expect(!principal.has(reverification: Reverification(level, afterMinutes: .min)))
        principal.factorAges = nil
        #expect(!principal.has(reverification: Reverification(level, afterMinutes: 1)))
    }
}

extension Reverification {
    fileprivate init?(_ value: JSONValue) {
        if case .string(let name) = value {
            let presets: [String: Self] = [
                "strict_mfa": .strictMFA, "strict": .strict, "moderate": .moderate, "lax": .lax,
            ]
            guard let preset = presets[name] else { return nil }
            self = preset
        } else {
            guard case .string(let level) = value["level"], case .number(let minutes) = value["afterMinutes"],
                let level = Level(rawValue: level), let minutes = Int(minutes.description)
            else { return nil }
            self.init(level, afterMinutes: minutes)
        }
    }
}
