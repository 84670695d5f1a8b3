import GatehouseTesting
import Testing

@testable import GatehouseHTTP

@Suite("The parts of a request that a guard sees")
struct AuthorizationRequestTests {
    @Test(
        "a sane request id is taken over, and any other is replaced",
        arguments: [
            (["abc-DEF_1.2"], true),
            ([String(repeating: "x", count: 128)], true),
            ([String(repeating: "x", count: 129)], false),
            ([""], false),
            (["a b"], false),
            (["a\"b"], false),
            (["ä"], false),
            (["a,b"], false),
            (["a", "b"], false),
            ([], false),
        ] as [([String], Bool)]
    )
    func requestID(sent: [String], isTaken: Bool) {
        var fields = HTTPFields()
        fields[values: .xRequestID] = sent
        let ids = (0..<2).map { _ in AuthorizationRequest(method: .get, path: "/", headerFields: fields).requestID }
        if isTaken {
            #expect(ids == [sent[0], sent[0]])
        } else {
            #expect(ids[0] != ids[1])
            #expect(ids.allSatisfy { $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) })
            let named = AuthorizationRequest(method: .get, path: "/", headerFields: fields, requestID: "host-1")
            #expect(named.requestID == "host-1")
        }
    }

    @Test(
        "the path is without the query, and otherwise as it was sent",
        arguments: [("/a/b", "/a/b"), ("/a?b=c?d", "/a"), ("/%61//b/", "/%61//b/"), ("?x", ""), ("", "")]
    )
    func path(sent: String, seen: String) {
        #expect(AuthorizationRequest(HTTPRequest(method: .get, scheme: nil, authority: nil, path: sent)).path == seen)
    }
}

extension AuthorizationRequestTests {
    @Test("a decision falls with each change of the principal, and stands where nobody follows nobody")
    func decision() {
        var request = AuthorizationRequest(method: .get, path: "/", principal: nil)
        request.isDecided = true
        request.principal = nil
        #expect(request.isDecided)
        for principal in [Principal("user_1"), Principal("user_2"), nil] {
            request.isDecided = true
            request.principal = principal
            #expect(!request.isDecided)
        }
    }

    @Test("a guard of an earlier principal does not decide for a later one")
    func decisionOfAnother() async throws {
        let guarded = RequirementGuard(.role("org:reader"), by: try Fixture.authorizer.get())
            .then(AuthenticationGuard(FixedAuthenticator(.authenticated(Principal("later"))))).then(DecisionGuard())
        var request = Fixture.request()
        request.principal = Principal("earlier", roles: ["org:reader"])
        #expect(await guarded.authorize(request).status == 403)
    }

    @Test("a placeholder that the route has twice is refused, since guard and handler may go by different values")
    func repeatedParameter() async throws {
        let allows = RequirementGuard(.custom("any") { _ in .allowed }, by: try Fixture.authorizer.get())
        var request = Fixture.request(principal: "user_1")
        request.addParameter("id", "org_1")
        request.addParameter("user", "user_2")
        #expect(await allows.authorize(request).status == 200)
        request.addParameter("id", "org_2")
        let rejection = await allows.authorize(request).rejection
        #expect(rejection?.response.status == .forbidden)
        #expect(rejection?.reason.message == "the route has the placeholder id twice")
    }

    @Test("a request and a credential describe themselves without secrets")
    func descriptions() {
        let secret = "sk_test_secret"
        let request = AuthorizationRequest(
            method: .get,
            path: "/a\nforged?token=\(secret)",
            headerFields: [.authorization: "Bearer \(secret)", .cookie: "__session=\(secret)"],
            requestID: "r1"
        )
        var dumped = ""
        dump(request, to: &dumped)
        dump(BearerCredential.token(secret), to: &dumped)
        let texts = [
            "\(request)", String(reflecting: request), dumped, "\(BearerCredential.token(secret))",
            String(reflecting: [BearerCredential.token(secret)]),
        ]
        for text in texts { #expect(!text.contains(secret), "\(text)") }
        #expect("\(request)" == #"GET /a\u{a}forged (r1) by nobody"#)
        #expect("\(BearerCredential.token(secret))" == "a bearer token of 14 bytes")
    }

    @Test(
        "a text from outside is one line of a log, and bounded",
        arguments: [
            ("down", "down"), ("a\nb", #"a\u{a}b"#), ("a\r\nb", #"a\u{d}\u{a}b"#), ("\u{1B}[2J", #"\u{1b}[2J"#),
            ("a\u{2028}b\u{85}", #"a\u{2028}b\u{85}"#), ("\u{202E}drawkcab", #"\u{202e}drawkcab"#),
            ("“é” 名", "“é” 名"), (String(repeating: "x", count: 1_030), String(repeating: "x", count: 1_024) + "…"),
        ]
    )
    func reasons(text: String, shown: String) async {
        let found: [Authentication] = [
            .rejected(code: "c", message: text), .unavailable(code: "c", message: text),
        ]
        for answer in found {
            let result = await AuthenticationGuard(FixedAuthenticator(answer))
                .authorize(Fixture.request(token: "x"))
            #expect(result.rejection?.reason.message == shown)
        }
        #expect(Rejection.Reason(code: text, message: "").code.utf8.allSatisfy { $0 != 10 && $0 != 13 })
    }
}
