#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("Rules and constraints of a document decide checks, and are told to the byte")
struct RuleAnswerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The check without its id.
        var check: String
        var isAllowed: Bool
        var reasons: String

        init(_ description: String, _ check: String, _ isAllowed: Bool, _ reasons: String) {
            testDescription = description
            self.check = check
            self.isAllowed = isAllowed
            self.reasons = reasons
        }

        func expect(from document: String) throws {
            let engine = try PolicyEngine(reading: Array(document.utf8))
            let line = #"{"id":"1",\#(check)}"#
            let (answer, isAllowed) = engine.answer(
                checkLine: Array(line.utf8),
                now: Timestamp(clampingSecondsSinceEpoch: 0)
            )
            #expect(isAllowed == self.isAllowed)
            #expect(
                answer.description
                    == #"{"id":"1","allowed":\#(isAllowed),"reasons":[\#(reasons)],"revision":"\#(engine.revision.text)"}"#
            )
        }
    }

    private static let document = """
        gatehouse: 1
        roles:
          viewer: { grants: [doc:read] }
          editor: { inherits: [viewer], grants: [doc:print] }
          payer: { grants: ["pay:**"] }
          approver: { grants: ["approve:**"] }
          both: { inherits: [payer, approver] }
        rules:
          - { id: own, effect: allow, roles: [viewer], permissions: ["doc:write"], when: { equals: [$resource.owner.id, $principal.id] } }
          - { id: frozen, effect: deny, roles: "*", permissions: ["doc:write", "doc:*:write"], when: { equals: [$resource.frozen, true] } }
          - { id: help, effect: allow, roles: ["*"], permissions: [help] }
          - { id: late, effect: deny, roles: [payer, viewer], permissions: [doc:print], when: { not: { lessThan: [$context.hour, 18.50] } } }
          - { id: copies, effect: allow, roles: "*", permissions: ["copy:**"], when: { all: [ { atMost: [$action.copies, 0x2] }, { startsWith: [$action.name, "copy:"] }, { in: [$context.ip, [10.0.0.1, $resource.ip]] } ] } }
          - { id: held, effect: allow, roles: "*", permissions: [held], when: { equals: [$principal.roles, [other, editor, payer]] } }
          - { id: inherited, effect: allow, roles: "*", permissions: [held], when: { contains: [$principal.roles, viewer] } }
          - { id: where, effect: allow, roles: "*", permissions: [where], when: { any: [ { not: { exists: $principal.organization } }, { in: [$principal.organization, $principal.attributes.orgs] } ] } }
          - { id: what, effect: allow, roles: "*", permissions: [what], when: { all: [ { equals: [$resource.type, doc] }, { not: { exists: $resource.id } } ] } }
        constraints:
          - { id: pay-or-approve, kind: dynamic, roles: [payer, approver], limit: 1 }
          - { id: not-all, kind: static, roles: [payer, approver, viewer], limit: 2 }
        assignments:
          - { principal: anna, role: payer }
        """

    private static let own =
        #"{"kind":"rule","rule":"own","effect":"allow","role":"viewer","path":["editor","viewer"]}"#
    private static let copies = #"{"kind":"rule","rule":"copies","effect":"allow"}"#
    private static let held = #"{"kind":"rule","rule":"held","effect":"allow"}"#
    private static let whereRule = #"{"kind":"rule","rule":"where","effect":"allow"}"#
    private static let what = #"{"kind":"rule","rule":"what","effect":"allow"}"#
    private static let none = #"{"kind":"default"}"#

    private static func principal(_ roles: String, _ more: String = "") -> String {
        #""principal":{"id":"u","roles":[\#(roles)]\#(more)}"#
    }

    private static let attributes = [
        Row(
            "an owner by an inherited role",
            principal(#""editor""#)
                + #","permission":"doc:write","resource":{"attributes":{"frozen":false,"owner":{"id":"u"}}}"#,
            true,
            own
        ),
        Row(
            "a denial that cannot be decided",
            principal(#""editor""#) + #","permission":"doc:write","resource":{"attributes":{"owner":{"id":"u"}}}"#,
            false,
            #"{"kind":"rule","rule":"frozen","effect":"deny","unknown":true}"#
        ),
        Row(
            "a denial that is true",
            principal("") + #","permission":"doc:a:write","resource":{"attributes":{"frozen":true}}"#,
            false,
            #"{"kind":"rule","rule":"frozen","effect":"deny"}"#
        ),
        Row(
            "another type is not equal, so that it denies nothing",
            principal(#""viewer""#)
                + #","permission":"doc:write","resource":{"attributes":{"frozen":"true","owner":{"id":"u2"}}}"#,
            false,
            none
        ),
        Row(
            "everyone",
            principal("") + #","permission":"help""#,
            true,
            #"{"kind":"rule","rule":"help","effect":"allow"}"#
        ),
        Row(
            "before the hour",
            principal(#""editor""#) + #","permission":"doc:print","context":{"hour":18.4999}"#,
            true,
            #"{"kind":"grant","role":"editor","pattern":"doc:print","path":["editor"]}"#
        ),
        Row(
            "at the hour, exactly",
            principal(#""editor""#) + #","permission":"doc:print","context":{"hour":1850e-2}"#,
            false,
            #"{"kind":"rule","rule":"late","effect":"deny","role":"viewer","path":["editor","viewer"]}"#
        ),
        Row(
            "an hour that is no number, and the first role of the rule",
            principal(#""editor","payer""#) + #","permission":"doc:print","context":{"hour":"9"}"#,
            false,
            #"{"kind":"rule","rule":"late","effect":"deny","unknown":true,"role":"payer","path":["payer"]}"#
        ),
        Row(
            "the action's name and attributes, and the context's",
            principal("")
                + #","permission":"copy:a","action":{"copies":2.0,"name":"x"},"context":{"ip":"10.0.0.1"},"resource":{"attributes":{"ip":null}}"#,
            true,
            copies
        ),
        Row(
            "a path within a list that leads nowhere makes it unknown, wherever it stands",
            principal("") + #","permission":"copy:a","action":{"copies":2},"context":{"ip":"10.0.0.1"}"#,
            false,
            none
        ),
        Row(
            "a path within a list",
            principal("")
                + #","permission":"copy:a","action":{"copies":1},"context":{"ip":"::1"},"resource":{"attributes":{"ip":"::1"}}"#,
            true,
            copies
        ),
    ]

    private static let principals = [
        Row(
            "the roles held, in order, each once, and the document's last",
            #""principal":{"id":"anna","roles":["other","editor",{"role":"viewer","resource":"doc:1"},"other"]},"permission":"held""#,
            true,
            held
        ),
        Row("inherited roles are not among them", principal(#""editor""#) + #","permission":"held""#, false, none),
        Row("no organization", principal("", #","organization":null"#) + #","permission":"where""#, true, whereRule),
        Row(
            "an organization in an attribute",
            principal("", #","organization":"o","attributes":{"orgs":["n","o"]}"#) + #","permission":"where""#,
            true,
            whereRule
        ),
        Row(
            "an organization that is not in it",
            principal("", #","organization":"O","attributes":{"orgs":["n","o"]}"#) + #","permission":"where""#,
            false,
            none
        ),
        Row(
            "the type and the id are no attributes",
            principal("") + #","permission":"what","resource":{"type":"doc","attributes":{"id":"1"}}"#,
            true,
            what
        ),
        Row(
            "not even where they are absent",
            principal("") + #","permission":"what","resource":{"attributes":{"type":"doc"}}"#,
            false,
            none
        ),
        Row(
            "a constraint stands alone",
            principal(#""both","editor""#) + #","permission":"help""#,
            false,
            #"{"kind":"constraint","constraint":"pay-or-approve"},{"kind":"constraint","constraint":"not-all"}"#
        ),
        Row(
            "a constraint counts the document's assignments",
            #""principal":{"id":"anna","roles":["approver"]},"permission":"pay:x""#,
            false,
            #"{"kind":"constraint","constraint":"pay-or-approve"}"#
        ),
    ]

    @Test("rules under deny-overrides give the answers of the table", arguments: attributes + principals)
    func denyOverrides(row: Row) throws {
        try row.expect(from: Self.document)
    }

    private static let cleanDocument = """
        {"gatehouse": 1, "combining": "any-clean-role",
         "roles": {"a": {"grants": ["x"]}, "b": {"grants": ["y"], "denies": ["x"]}, "c": {"inherits": ["b", "a"]}},
         "rules": [
          {"id": "lock", "effect": "deny", "roles": ["b"], "permissions": ["y"], "when": {"equals": ["$context.lock", true]}},
          {"id": "also", "effect": "allow", "roles": ["a"], "permissions": ["*"], "when": {"exists": "$context.also"}},
          {"id": "all", "effect": "allow", "roles": "*", "permissions": ["z"], "when": {"equals": ["$context.all", null]}}]}
        """

    private static let clean = [
        Row(
            "a clean role beside one that denies",
            principal(#""b","a""#) + #","permission":"x""#,
            true,
            #"{"kind":"grant","role":"a","pattern":"x","path":["a"]}"#
        ),
        Row(
            "a role that inherits both is not clean",
            principal(#""c""#) + #","permission":"x""#,
            false,
            #"{"kind":"deny","role":"b","pattern":"x","path":["c","b"]}"#
        ),
        Row(
            "a rule of a role",
            principal(#""a","b""#) + #","permission":"y","context":{"also":null}"#,
            true,
            #"{"kind":"rule","rule":"also","effect":"allow","role":"a","path":["a"]}"#
        ),
        Row(
            "a denial that cannot be decided",
            principal(#""b""#) + #","permission":"y""#,
            false,
            #"{"kind":"rule","rule":"lock","effect":"deny","unknown":true,"role":"b","path":["b"]}"#
        ),
        Row(
            "a rule for everyone, without roles",
            principal("") + #","permission":"z","context":{"all":null}"#,
            true,
            #"{"kind":"rule","rule":"all","effect":"allow"}"#
        ),
        Row(
            "a rule for everyone, with a role that is not defined",
            principal(#""unknown""#) + #","permission":"z","context":{"all":null}"#,
            true,
            #"{"kind":"rule","rule":"all","effect":"allow"}"#
        ),
        Row(
            "null is no other value",
            principal(#""c""#) + #","permission":"z","context":{"all":false}"#,
            false,
            #"{"kind":"default"}"#
        ),
    ]

    @Test("rules under any-clean-role give the answers of the table", arguments: clean)
    func anyCleanRole(row: Row) throws {
        try row.expect(from: Self.cleanDocument)
    }
}
#endif
