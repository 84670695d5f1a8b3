#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("A check line is a JSON object with known members of the right types, or is invalid")
struct CheckLineTests {
    private static let now = Timestamp(clampingSecondsSinceEpoch: 1_000)

    private static func read(_ line: String) throws(CheckLineError) -> CheckLine {
        try CheckLine(reading: Array(line.utf8), now: now)
    }

    @Test("the smallest check is read")
    func smallest() throws {
        let line = try Self.read(#"{"principal":{"id":"u"},"permission":"a:b"}"#)
        #expect(line.id == nil)
        #expect(line.check.principal.id == "u")
        #expect(line.check.principal.organization == nil)
        #expect(line.check.principal.roles.isEmpty)
        #expect(line.check.permission == "a:b")
        #expect(line.check.resource == nil)
        #expect(line.check.time == Self.now)
    }

    @Test("the largest check is read")
    func largest() throws {
        let line = try Self.read(
            #"""
            {"id":"1","principal":{"id":"user_1","organization":"org_1","roles":["org:admin",{"role":"org:editor","resource":"doc:4:2","notBefore":1.5,"notAfter":"1970-01-01T00:01:00Z"}],"attributes":{"x":[null]}},"permission":"org:invoices:read","resource":{"type":"invoice","id":"7","attributes":{"y":1}},"action":{"a":1},"context":{"c":{}},"at":"1970-01-01T00:00:02+00:00"}
            """#
        )
        #expect(line.id == "1")
        #expect(line.check.principal.organization == "org_1")
        #expect(
            line.check.principal.roles == [
                "org:admin",
                RoleAssignment(
                    "org:editor",
                    on: ResourceID("doc:4:2"),
                    notBefore: Timestamp(seconds: 1, nanoseconds: 500_000_000),
                    notAfter: Timestamp(seconds: 60)
                ),
            ]
        )
        #expect(line.check.principal.attributes == ["x": [nil]])
        #expect(line.check.resource == Resource(type: "invoice", id: "7", attributes: ["y": 1]))
        #expect(line.check.time == Timestamp(seconds: 2))
    }

    @Test(
        "these lines are checks",
        arguments: [
            #"{"principal":{"id":"u","organization":null},"permission":"a"}"#,
            #"{"principal":{"id":"u","roles":[]},"permission":"a","resource":{},"action":{},"context":{},"at":-1.5}"#,
            #" {"id":"","principal":{"id":"u","roles":[{"role":"r"}]},"permission":"a","resource":{"id":"x"}} "#,
        ]
    )
    func valid(line: String) throws {
        #expect(try Self.read(line).check.principal.id == "u")
    }

    @Test(
        "these lines are no checks, and the answer bears the id where it can be read",
        arguments: [
            ("", nil), (" ", nil), ("null", nil), ("[]", nil), ("1", nil), (#""a""#, nil), ("{", nil), ("{}", nil),
            (#"{"id":"7"}"#, "7"),
            (#"{"id":7,"principal":{"id":"u"},"permission":"a"}"#, nil),
            (#"{"id":null,"principal":{"id":"u"},"permission":"a"}"#, nil),
            (#"{"id":"7","principal":{"id":"u"}}"#, "7"), (#"{"id":"7","permission":"a"}"#, "7"),
            (#"{"id":"7","principal":{"id":"u"},"permission":"a"}}"#, nil),
            (#"{"id":"7","principal":{"id":"u"},"permission":"a","permission":"a"}"#, nil),
            (#"{"id":"7","principal":{"id":"u"},"permission":"a","b":1}"#, "7"),
            (with(permission: #""a:*""#), "7"), (with(permission: #""**""#), "7"), (with(permission: #""""#), "7"),
            (with(permission: #""a::b""#), "7"),
            (with(permission: "null"), "7"), (with(permission: "1"), "7"), (with(permission: #"["a"]"#), "7"),
            (with(permission: "\"\u{212A}\""), "7"),
            (with(principal: "null"), "7"), (with(principal: #""u""#), "7"), (with(principal: "{}"), "7"),
            (with(principal: #"{"id":""}"#), "7"),
            (with(principal: #"{"id":1}"#), "7"), (with(principal: #"{"id":null}"#), "7"),
            (with(principal: #"{"id":"u","x":1}"#), "7"),
            (with(principal: #"{"id":"u","type":""}"#), "7"), (with(principal: #"{"id":"u","type":null}"#), "7"),
            (with(principal: #"{"id":"u","type":"a:b"}"#), "7"), (with(principal: #"{"id":"u","type":1}"#), "7"),
            (with(principal: #"{"id":"u","issuer":"i"}"#), "7"),
            (with(principal: #"{"id":"u","organization":""}"#), "7"),
            (with(principal: #"{"id":"u","organization":1}"#), "7"),
            (with(principal: #"{"id":"u","attributes":null}"#), "7"),
            (with(principal: #"{"id":"u","attributes":[]}"#), "7"),
            (with(principal: #"{"id":"u","roles":null}"#), "7"), (with(principal: #"{"id":"u","roles":"r"}"#), "7"),
            (with(principal: #"{"id":"u","roles":{}}"#), "7"), (with(role: "1"), "7"), (with(role: "null"), "7"),
            (with(role: "{}"), "7"),
            (with(role: #"{"role":1}"#), "7"), (with(role: #"["r"]"#), "7"),
            (with(role: #"{"role":"r","x":1}"#), "7"), (with(role: #"{"role":"a b","resource":"doc"}"#), "7"),
            (with(role: #"{"role":"r","resource":"doc"}"#), "7"),
            (with(role: #"{"role":"r","resource":null}"#), "7"),
            (with(role: #"{"role":"r","resource":{"type":"a","id":"b"}}"#), "7"),
            (with(role: #"{"role":"r","notBefore":null}"#), "7"),
            (with(role: #"{"role":"r","notAfter":"1"}"#), "7"),
            (with(role: #"{"role":"r","notAfter":1e300}"#), "7"),
            (with(#""resource":null"#), "7"), (with(#""resource":"a:b""#), "7"),
            (with(#""resource":{"type":1}"#), "7"), (with(#""resource":{"type":""}"#), "7"),
            (with(#""resource":{"type":"a:b"}"#), "7"), (with(#""resource":{"id":""}"#), "7"),
            (with(#""resource":{"id":null}"#), "7"),
            (with(#""resource":{"attributes":1}"#), "7"), (with(#""resource":{"x":1}"#), "7"),
            (with(#""action":null"#), "7"), (with(#""action":"a""#), "7"),
            (with(#""context":[]"#), "7"), (with(#""context":null"#), "7"), (with(#""at":null"#), "7"),
            (with(#""at":"1""#), "7"), (with(#""at":"2026-01-01""#), "7"),
            (with(#""at":true"#), "7"), (with(#""at":1e12"#), "7"), (with(#""at":1e400"#), "7"),
        ] as [(String, String?)]
    )
    func invalid(line: String, id: String?) throws {
        let engine = try PolicyEngine(Policy())
        let (answer, isAllowed) = engine.answer(checkLine: Array(line.utf8), now: Self.now)
        #expect(!isAllowed)
        guard case .object(let members) = answer, case .array(let reasons)? = answer["reasons"] else {
            Issue.record("\(answer)")
            return
        }
        #expect(members.map(\.name) == ["id", "allowed", "reasons", "revision"])
        #expect(answer["id"] == JSONValue(id))
        #expect(answer["allowed"] == false)
        #expect(reasons.count == 1)
        #expect(reasons.first?["kind"] == "invalid")
        #expect(reasons.first?["message"]?.string?.isEmpty == false)
        #expect(answer["revision"]?.string == engine.revision.text)
    }

    @Test(
        "an answer is the contract's, to the byte",
        arguments: [
            (
                #"{"id":"1","principal":{"id":"u","roles":["org:admin"]},"permission":"org:invoices:read"}"#,
                #"{"id":"1","allowed":true,"reasons":[{"kind":"grant","role":"org:billing","pattern":"org:invoices:*","path":["org:admin","org:billing"]}],"revision":"…"}"#
            ),
            (
                #"{"principal":{"id":"u","roles":["org:admin"]},"permission":"org:invoices:void"}"#,
                #"{"id":null,"allowed":false,"reasons":[{"kind":"deny","role":"org:admin","pattern":"org:invoices:void","path":["org:admin"]}],"revision":"…"}"#
            ),
            (
                #"{"id":"é\n","principal":{"id":"u","roles":["unknown"]},"permission":"org:invoices:void"}"#,
                #"{"id":"é\n","allowed":false,"reasons":[{"kind":"default"}],"revision":"…"}"#
            ),
        ]
    )
    func answers(line: String, answer: String) throws {
        let engine = try PolicyEngine(
            Policy {
                Role("org:admin") {
                    Inherits("org:billing")
                    Denies("org:invoices:void")
                }
                Role("org:billing") { Grants("org:invoices:*") }
            }
        )
        let (given, isAllowed) = engine.answer(checkLine: Array(line.utf8), now: Self.now)
        #expect(given["allowed"] == .bool(isAllowed))
        #expect(given.description == answer.replacing("…", with: engine.revision.text))
    }

    @Test(
        "a role whose name no role can have is held and gives nothing, and hides no other role",
        arguments: [
            #""""#, #""Domain Users""#, #""/acme/admins""#, #""a:*""#, #""*""#, #""größe""#, #""a\u0000""#,
            #"{"role":"a b"}"#,
            #"{"role":"*","resource":"doc:1","notBefore":0}"#, "\"\(String(repeating: "x", count: 300))\"",
        ]
    )
    func oddRole(role: String) throws {
        for combining in Policy.Combining.allCases {
            let engine = try PolicyEngine(
                Policy(
                    combining: combining,
                    roles: [Role("editor", grants: ["doc:edit"])],
                    rules: [
                        Rule("seen", .allow, "doc:see", to: "*", when: .in("Domain Users", "$principal.roles"))
                    ]
                )
            )
            func isAllowed(_ roles: String, _ permission: String) -> Bool {
                let line = #"{"principal":{"id":"u","roles":[\#(roles)]},"permission":"\#(permission)"}"#
                return engine.answer(checkLine: Array(line.utf8), now: Self.now).isAllowed
            }
            #expect(isAllowed("\"editor\",\(role)", "doc:edit"))
            #expect(isAllowed("\(role),\"editor\"", "doc:edit"))
            #expect(!isAllowed(role, "doc:edit"))
            #expect(isAllowed(role, "doc:see") == (role == #""Domain Users""#))
            let line = #"{"principal":{"id":"u","roles":["editor",\#(role)]},"permission":"doc:edit"}"#
            #expect(engine.explanation(ofCheck: Array(line.utf8), now: Self.now).isAllowed)
        }
    }

    @Test(
        "a type is told to conditions and picks the assignments; without a type, those of every type and issuer count",
        arguments: [
            (#"{"id":"alice"}"#, "alice:user alice:machine alice:issued type:user"),
            (#"{"id":"alice","type":"user"}"#, "alice:user alice:issued type:user"),
            (#"{"id":"alice","type":"machine"}"#, "alice:machine"), (#"{"id":"alice","type":"device"}"#, "type:device"),
        ]
    )
    func types(principal: String, allowed: String) throws {
        let document = """
            gatehouse: 1
            roles:
              a: { grants: ["alice:user"] }
              b: { grants: ["alice:machine"] }
              c: { grants: ["alice:issued"] }
            rules:
              - { id: user, effect: allow, roles: "*", permissions: ["type:user"], when: { equals: [$principal.type, user] } }
              - { id: dev, effect: allow, roles: "*", permissions: ["type:device"], when: { equals: [$principal.type, device] } }
            assignments:
              - { principal: alice, role: a }
              - { principal: alice, type: machine, role: b }
              - { principal: alice, type: user, issuer: "https://i", role: c }
            """
        let engine = try PolicyEngine(reading: Array(document.utf8))
        let names = ["alice:user", "alice:machine", "alice:issued", "type:user", "type:device"]
        let found = names.filter { name in
            let line = #"{"principal":\#(principal),"permission":"\#(name)"}"#
            return engine.answer(checkLine: Array(line.utf8), now: Self.now).isAllowed
        }
        #expect(found.joined(separator: " ") == allowed)
    }

    private static func with(permission: String) -> String {
        #"{"id":"7","principal":{"id":"u"},"permission":\#(permission)}"#
    }
    private static func with(principal: String) -> String {
        #"{"id":"7","principal":\#(principal),"permission":"a"}"#
    }
    private static func with(role: String) -> String { with(principal: #"{"id":"u","roles":["a",\#(role)]}"#) }
    private static func with(_ member: String) -> String {
        #"{"id":"7","principal":{"id":"u"},"permission":"a",\#(member)}"#
    }
}
#endif
