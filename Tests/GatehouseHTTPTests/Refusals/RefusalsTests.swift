import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("A refusal tells its status, and nothing finer")
struct RefusalsTests {
    private static func fields(_ rejection: Rejection?) -> [String] {
        (rejection?.response.headerFields).map { $0.map(\.description).sorted() } ?? []
    }

    @Test("401 without and with a credential, 403 and 503 have exactly the expected answers")
    func exactly() async {
        let reason = Rejection.Reason(code: "undecided", message: "the store is down")
        let rows: [(Rejection, Int, String, [String])] = [
            (
                Refusals().unauthenticated(Fixture.request()), 401,
                #"{"type":"about:blank","title":"Unauthorized","status":401,"code":"unauthenticated","requestID":"request-1"}"#,
                ["WWW-Authenticate: Bearer"]
            ),
            (
                Refusals().unauthenticated(Fixture.request(token: "x")), 401,
                #"{"type":"about:blank","title":"Unauthorized","status":401,"code":"unauthenticated","requestID":"request-1"}"#,
                [#"WWW-Authenticate: Bearer error="invalid_token""#]
            ),
            (
                Refusals().refused(Fixture.request(principal: "user_1"), "no"), 403,
                #"{"type":"about:blank","title":"Forbidden","status":403,"code":"forbidden","requestID":"request-1"}"#,
                []
            ),
            (
                Refusals().unavailable(Fixture.request(), reason), 503,
                #"{"type":"about:blank","title":"Service Unavailable","status":503,"code":"unavailable","requestID":"request-1"}"#,
                ["Retry-After: 5"]
            ),
            (
                Refusals().unavailable(Fixture.request(), reason, retryAfter: .milliseconds(10)), 503,
                #"{"type":"about:blank","title":"Service Unavailable","status":503,"code":"unavailable","requestID":"request-1"}"#,
                ["Retry-After: 1"]
            ),
        ]
        for (rejection, status, body, fields) in rows {
            #expect(rejection.response.status.code == status)
            #expect(String(decoding: rejection.body, as: UTF8.self) == body)
            let common = [
                "Cache-Control: no-store", "Content-Length: \(body.utf8.count)",
                "Content-Type: application/problem+json", "X-Request-Id: request-1",
            ]
            #expect(Self.fields(rejection) == (common + fields).sorted())
        }
    }

    @Test(
        "a sender is never told to come back before the time",
        arguments: [
            (.zero, "1"), (.seconds(-9), "1"), (.seconds(1), "1"), (.milliseconds(1_001), "2"), (.seconds(7), "7"),
            (.seconds(Int64.max), "4294967296"),
        ] as [(Duration, String)]
    )
    func retryAfter(wait: Duration, seconds: String) {
        let reason = Rejection.Reason(code: "undecided", message: "down")
        let rejection = Refusals().unavailable(Fixture.request(), reason, retryAfter: wait)
        #expect(rejection.response.headerFields[.retryAfter] == seconds)
    }

    @Test("a wait out of range is no valid setting", arguments: [Duration.zero, .milliseconds(999), .seconds(86_401)])
    func retryAfterSetting(wait: Duration) {
        let error = #expect(throws: SettingError.self) { try Refusals(retryAfter: wait) }
        #expect(error?.setting == "retryAfter" && error?.code == .outOfRange)
    }

    @Test("every refused credential has the same answer, whatever its fault")
    func constant() async {
        let causes = ["token-expired", "token-invalid-signature", "jwk-kid-mismatch", "session-pending"]
        var answers: [[String]] = []
        for cause in causes {
            let found = Authentication.rejected(code: cause, message: "secret detail")
            let requestGuard = AuthenticationGuard(FixedAuthenticator(found))
            let rejection = await requestGuard.authorize(Fixture.request(token: "x")).rejection
            #expect(rejection?.reason.code == cause)
            answers.append(Self.fields(rejection) + [rejection.map { String(decoding: $0.body, as: UTF8.self) } ?? ""])
        }
        #expect(Set(answers).count == 1)
        #expect(answers.allSatisfy { !$0.joined().contains("detail") })
    }

    @Test("the reason field is sent only when it is configured")
    func reasonField() throws {
        let field = try #require(HTTPField.Name("x-clerk-auth-reason"))
        let refusals = try Refusals(reasonField: field)
        let rejection = refusals.invalidCredential(Fixture.request(token: "x"), code: "token-expired", message: "")
        #expect(rejection.response.headerFields[field] == "token-expired")
        let plain = Refusals().invalidCredential(Fixture.request(token: "x"), code: "token-expired", message: "")
        #expect(!plain.response.headerFields.contains(field))
        #expect(!refusals.unauthenticated(Fixture.request()).response.headerFields.contains(field))
    }

    @Test("HEAD is answered as GET is, without the body")
    func head() {
        let get = Refusals().unauthenticated(Fixture.request())
        let head = Refusals().unauthenticated(Fixture.request(method: .head))
        #expect(head.body.isEmpty)
        #expect(Self.fields(head) == Self.fields(get))
    }
}
