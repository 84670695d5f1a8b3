import Gatehouse
import Testing

@Suite("Tests of a program can make every result of an authorizer or a policy")
struct FakedResultTests {
    @Test("a revision is made of 64 hexadecimal digits in lower case, and of no other text")
    func revision() throws {
        let revision = try PolicyEngine(Policy()).revision
        #expect(PolicyRevision(revision.text) == revision)
        for text in ["", String(revision.text.dropLast()), revision.text + "0", revision.text.uppercased()]
        where text != revision.text {
            #expect(PolicyRevision(text) == nil, "\(text)")
        }
        #expect(PolicyRevision(String(repeating: "g", count: 64)) == nil)
        #expect(PolicyRevision(String(repeating: "٣", count: 64)) == nil)
    }

    @Test("a decision and its explanation can be made")
    func decision() throws {
        let revision = try #require(PolicyRevision(String(repeating: "0", count: 64)))
        let decision = Decision(
            isAllowed: false,
            reasons: [.deny(role: "auditor", pattern: "invoices:*", path: ["lead", "auditor"])],
            revision: revision
        )
        #expect(decision.description == "denied: auditor denies invoices:* (lead > auditor)")
        #expect(Explanation(decision: decision, nearMisses: [.role("admin")]).nearMisses == [.role("admin")])
    }

    @Test("errors can be made with codes of one's own")
    func errors() throws {
        let revision = try #require(PolicyRevision(String(repeating: "0", count: 64)))
        let own = AuthorizerError.Code(rawValue: "quota-used-up")
        #expect("\(AuthorizerError(own, "of org_1"))" == "it could not be decided: quota-used-up: of org_1")
        #expect("\(AuthorizerError(own))" == "it could not be decided: quota-used-up")
        #expect(AuthorizerError(.sourceFailed, "down") != AuthorizerError(.sourceFailed, "up"))
        #expect(MembershipSourceError("down").code == .failed)
        #expect(
            NameError(NameError.Code(rawValue: "invalid-plan"), "a\nb").description
                == #"“a\u{a}b” is not what it should be: invalid-plan"#
        )
        let failure = CurrentPolicy.ReloadFailure(
            PolicyError(findings: [Finding(.emptyRole, "it is empty")]),
            keeping: revision
        )
        #expect(failure.code == .unsound && failure.findings.map(\.code) == [.emptyRole])
    }

    @Test("an unknown kind of finding is an error, and every known one is listed once")
    func findings() {
        #expect(Finding.Code(rawValue: "something-new").severity == .error)
        #expect(Set(Finding.Code.allCases).count == Finding.Code.allCases.count)
        #expect(Finding.Code.allCases.filter { $0.severity == .warning }.count == 6)
    }

    @Test("a resource can be made of its type, id and attributes")
    func resource() {
        let owner = "user_1"
        #expect(
            Resource("document", "7", ["state": "draft", "owner": owner])
                == Resource(type: "document", id: "7", attributes: ["owner": "user_1", "state": "draft"])
        )
        #expect(Resource("document", "7", ["size": 3]).attributes == ["size": 3])
        #expect(Resource("document", "7").resourceID == ResourceID(type: "document", id: "7"))
    }

    @Test("a role can be made of lists of grants, denials and inherited roles")
    func lists() {
        let (names, permissions): ([String], [Permission]) = (["a", "b:*"], ["c", "d"])
        let role = Role("x") {
            Inherits(names)
            Grants(names)
            Grants(permissions)
            Denies(names)
            Denies(permissions)
        }
        let patterns = ["a", "b:*", "c", "d"]
        #expect(role == Role("x", inherits: names, grants: patterns, denies: patterns))
    }
}
