#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("A mistake in a rule or a constraint is found where it stands")
struct RuleFindingTests {
    /// One sound rule with one more member, or one instead of another.
    private static func rule(_ codes: Finding.Code..., with member: String, instead name: String) -> MarkedSection {
        let base = [
            ("id", #""id":"a""#), ("effect", #""effect":"allow""#), ("roles", #""roles":["r"]"#),
            ("permissions", #""permissions":["x"]"#),
        ]
        let members = base.filter { $0.0 != name }.map(\.1) + [member]
        return MarkedSection(codes, "rules", "[{\(members.joined(separator: ","))}]")
    }

    /// One sound constraint with one more member, or one instead of another.
    private static func constraint(_ codes: Finding.Code..., with member: String, instead name: String)
        -> MarkedSection
    {
        let base = [
            ("id", #""id":"a""#), ("kind", #""kind":"static""#), ("roles", #""roles":["p","q"]"#),
            ("limit", #""limit":1"#),
        ]
        let members = base.filter { $0.0 != name }.map(\.1) + [member]
        return MarkedSection(codes, "constraints", "[{\(members.joined(separator: ","))}]")
    }

    private static let entries =
        ["1", "null", #""a""#, "[]", "true"].flatMap {
            [
                MarkedSection(.invalidRule, rules: "[‸\($0)]"),
                MarkedSection(.invalidConstraint, constraints: "[‸\($0)]"),
            ]
        }
        + ["1", "null", #""a""#, "{}"].flatMap {
            [MarkedSection(.syntax, rules: "‸\($0)"), MarkedSection(.syntax, constraints: "‸\($0)")]
        }

    private static let rules = [
        MarkedSection(rules: "[]"),
        MarkedSection(.invalidRule, .invalidRule, .invalidRule, .invalidRule, rules: "[‸‸‸‸{}]"),
        MarkedSection(.invalidRule, rules: #"[‸{"effect":"allow","roles":["r"],"permissions":["x"]}]"#),
        MarkedSection(.invalidRule, rules: #"[‸{"id":"a","roles":["r"],"permissions":["x"]}]"#),
        MarkedSection(.invalidRule, rules: #"[‸{"id":"a","effect":"deny","permissions":["x"]}]"#),
        MarkedSection(.invalidRule, rules: #"[‸{"id":"a","effect":"deny","roles":["r"]}]"#),
        MarkedSection(
            .invalidRule,
            .unknownKey,
            rules: #"[‸{"id":"a","effect":"deny","roles":["r"],‸"permission":["x"]}]"#
        ),
        MarkedSection(
            .duplicateID,
            rules: #"""
                [{"id":"a","effect":"deny","roles":["r"],"permissions":["x"]},
                {"id":‸"\u0061","effect":"deny","roles":["r"],"permissions":["x"]}]
                """#
        ),
        MarkedSection(
            .invalidRule,
            .invalidRule,
            rules:
                #"[‸{"effect":"deny","roles":["r"],"permissions":["x"]},‸{"effect":"deny","roles":["r"],"permissions":["x"]}]"#
        ),
        rule(with: #""id":"a b *""#, instead: "id"),
        rule(.invalidRule, with: #""id":‸"""#, instead: "id"),
        rule(.invalidRule, with: #""id":‸1"#, instead: "id"),
        rule(.invalidRule, with: #""id":‸null"#, instead: "id"),
        rule(.invalidRule, with: #""id":‸["a"]"#, instead: "id"),
        rule(with: #""effect":"deny""#, instead: "effect"),
        rule(.invalidRule, with: #""effect":‸"permit""#, instead: "effect"),
        rule(.invalidRule, with: #""effect":‸"Allow""#, instead: "effect"),
        rule(.invalidRule, with: #""effect":‸true"#, instead: "effect"),
        rule(with: #""roles":"*""#, instead: "roles"), rule(with: #""roles":["*"]"#, instead: "roles"),
        rule(with: #""roles":["r","*"]"#, instead: "roles"),
        rule(.invalidRule, with: #""roles":‸"r""#, instead: "roles"),
        rule(.invalidRule, with: #""roles":‸"**""#, instead: "roles"),
        rule(.invalidRule, with: #""roles":‸null"#, instead: "roles"),
        rule(.invalidRule, with: #""roles":‸{"r":1}"#, instead: "roles"),
        rule(.invalidRule, with: #""roles":‸[]"#, instead: "roles"),
        rule(.invalidRule, with: #""roles":["r",‸1]"#, instead: "roles"),
        rule(.invalidRule, with: #""roles":[‸null]"#, instead: "roles"),
        rule(.invalidRule, with: #""roles":[‸["r"]]"#, instead: "roles"),
        rule(.unknownRole, with: #""roles":["*",‸"R"]"#, instead: "roles"),
        rule(.unknownRole, with: #""roles":[‸"**","r"]"#, instead: "roles"),
        rule(.unknownRole, with: #""roles":[‸""]"#, instead: "roles"),
        rule(.invalidRule, with: #""permissions":‸"x""#, instead: "permissions"),
        rule(.invalidRule, with: #""permissions":‸"*""#, instead: "permissions"),
        rule(.invalidRule, with: #""permissions":‸[]"#, instead: "permissions"),
        rule(.invalidRule, with: #""permissions":‸{}"#, instead: "permissions"),
        rule(.invalidRule, with: #""permissions":["x",‸1]"#, instead: "permissions"),
        rule(.invalidPattern, with: #""permissions":["**",‸"inv*"]"#, instead: "permissions"),
        rule(.invalidPattern, with: #""permissions":[‸""]"#, instead: "permissions"),
        rule(.invalidPattern, with: #""permissions":[‸"**:a"]"#, instead: "permissions"),
        rule(.unknownKey, with: #"‸"description":"d""#, instead: ""),
        rule(.unknownKey, with: #"‸"When":{"exists":"$context.a"}"#, instead: ""),
        rule(.unknownKey, with: #"‸"<<":1"#, instead: ""),
        rule(.syntax, with: #"‸"effect":"allow""#, instead: ""),
    ]

    private static let constraints = [
        MarkedSection(constraints: "[]"),
        MarkedSection(
            .invalidConstraint,
            .invalidConstraint,
            .invalidConstraint,
            .invalidConstraint,
            constraints: "[‸‸‸‸{}]"
        ),
        MarkedSection(.invalidConstraint, constraints: #"[‸{"kind":"static","roles":["p","q"],"limit":1}]"#),
        MarkedSection(.invalidConstraint, constraints: #"[‸{"id":"a","roles":["p","q"],"limit":1}]"#),
        MarkedSection(.invalidConstraint, constraints: #"[‸{"id":"a","kind":"static","limit":1}]"#),
        MarkedSection(.invalidConstraint, constraints: #"[‸{"id":"a","kind":"static","limit":0}]"#),
        MarkedSection(.invalidConstraint, constraints: #"[‸{"id":"a","kind":"static","roles":["p"]}]"#),
        MarkedSection(
            .duplicateID,
            constraints: #"""
                [{"id":"a","kind":"static","roles":["p","q"],"limit":1},
                {"kind":"dynamic","roles":["p","q"],"limit":1,"id":‸"a"}]
                """#
        ),
        constraint(.invalidConstraint, with: #""id":‸"""#, instead: "id"),
        constraint(.invalidConstraint, with: #""id":‸7"#, instead: "id"),
        constraint(with: #""kind":"dynamic""#, instead: "kind"),
        constraint(.invalidConstraint, with: #""kind":‸"Static""#, instead: "kind"),
        constraint(.invalidConstraint, with: #""kind":‸null"#, instead: "kind"),
        constraint(with: #""roles":["p","q","r"]"#, instead: "roles"),
        constraint(.invalidConstraint, with: #""roles":‸"p""#, instead: "roles"),
        constraint(.invalidConstraint, with: #""roles":‸"*""#, instead: "roles"),
        constraint(.invalidConstraint, with: #""roles":‸{}"#, instead: "roles"),
        constraint(.invalidConstraint, with: #""roles":["p",‸1]"#, instead: "roles"),
        constraint(.invalidConstraint, with: #""roles":[‸null]"#, instead: "roles"),
        constraint(.unknownRole, with: #""roles":["p",‸"P"]"#, instead: "roles"),
        constraint(.unknownRole, with: #""roles":["p",‸"*"]"#, instead: "roles"),
        constraint(.invalidConstraint, with: #""limit":‸0"#, instead: "limit"),
        constraint(.invalidConstraint, with: #""limit":‸-1"#, instead: "limit"),
        constraint(.invalidConstraint, with: #""limit":‸2"#, instead: "limit"),
        constraint(.invalidConstraint, with: #""limit":‸1.5"#, instead: "limit"),
        constraint(.invalidConstraint, with: #""limit":‸"1""#, instead: "limit"),
        constraint(.invalidConstraint, with: #""limit":‸null"#, instead: "limit"),
        constraint(.invalidConstraint, with: #""limit":‸[1]"#, instead: "limit"),
        constraint(.invalidConstraint, with: #""limit":‸99999999999999999999"#, instead: "limit"),
        constraint(.unknownKey, with: #"‸"when":{}"#, instead: ""),
        constraint(.syntax, with: #"‸"limit":1"#, instead: ""),
        MarkedSection(
            .invalidConstraint,
            constraints: #"[{"id":"a","kind":"static","limit":‸1,"roles":["p","p"]}]"#
        ),
        MarkedSection(.invalidConstraint, constraints: #"[{"id":"a","kind":"static","limit":‸1,"roles":[]}]"#),
    ]

    @Test("a mistake in a rule or a constraint is found in JSON and in YAML", arguments: entries + rules + constraints)
    func places(section: MarkedSection) {
        section.expectFindings()
    }

    @Test(
        "a mistake in a rule or a constraint is found in YAML's block style",
        arguments: [
            MarkedDocument(.invalidRule, in: "gatehouse: 1\nrules:\n- ‸id: a\n  effect: allow\n  roles: ['*']\n"),
            MarkedDocument(.invalidRule, in: "gatehouse: 1\nrules:\n-\n    ‸id: a\n    effect: allow\n    roles: '*'"),
            MarkedDocument(
                .invalidRule,
                .unknownKey,
                in: "gatehouse: 1\nrules:\n  - ‸id: a\n    effect: allow\n    roles:\n    - '*'\n    ‸grants: [x]\n"
            ),
            MarkedDocument(.invalidRule, in: "gatehouse: 1\nrules:\n-‸\n"),
            MarkedDocument(
                .invalidRule,
                in: "gatehouse: 1\nrules:\n- id: a\n  effect: deny\n  roles: '*'\n  permissions:‸\n"
            ),
            MarkedDocument(
                .unknownPermission,
                .unknownPermission,
                in: """
                    gatehouse: 1
                    permissions: { a:b: x }
                    rules:
                    - id: a
                      effect: deny
                      roles: '*'
                      permissions:
                      - a:b
                      - "c:*"
                      - ‸a:c
                      - ‸"c"
                    """
            ),
            MarkedDocument(
                .unknownRole,
                .invalidConstraint,
                in: "gatehouse: 1\nconstraints:\n- id: a\n  kind: static\n  roles:\n  - ‸p\n  limit: ‸1\n"
            ),
            MarkedDocument(
                .invalidConstraint,
                .unknownKey,
                in: "gatehouse: 1\nconstraints:\n- ‸id: a\n  kind: dynamic\n  roles: []\n  ‸Limit: 1\n"
            ),
            MarkedDocument(.syntax, in: "gatehouse: 1\nrules:‸\n"),
            MarkedDocument(.syntax, in: "gatehouse: 1\nconstraints: ‸a"),
        ]
    )
    func block(document: MarkedDocument) {
        document.expectFindings()
    }
}
#endif
