import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("A step-up is 403 with the body that Clerk's front end knows")
struct SteppingUpTests {
    private func rejection(_ reverification: Reverification) async throws -> Rejection {
        let principal = Principal(
            "user_1",
            factorAges: Principal.FactorAges(first: 9_999, second: nil),
            tokenKind: .session
        )
        let result = await Gate(FixedAuthenticator(.authenticated(principal)), try Fixture.authorizer.get())
            .authorize(Fixture.request(), requires: .factor(reverification))
        return try #require(result.rejection)
    }

    @Test(
        "the body of a step-up has the level and the minutes",
        arguments: [
            (Reverification.strict, #"{"level":"second_factor","afterMinutes":10}"#),
            (.strictMFA, #"{"level":"multi_factor","afterMinutes":10}"#),
            (Reverification(.firstFactor, afterMinutes: 3), #"{"level":"first_factor","afterMinutes":3}"#),
            (Reverification(.secondFactorStrict, afterMinutes: 5), #"{"level":"second_factor","afterMinutes":5}"#),
            (
                Reverification(.secondFactorStrict, afterMinutes: nil),
                #"{"level":"second_factor","afterMinutes":1440}"#
            ),
        ]
    )
    func body(reverification: Reverification, told: String) async throws {
        let rejection = try await rejection(reverification)
        let expected =
            #"{"clerk_error":{"type":"forbidden","reason":"reverification-error","metadata":{"reverification":"#
            + told + "}}}"
        #expect(String(decoding: rejection.body, as: UTF8.self) == expected)
        #expect(rejection.response.status == .forbidden)
        #expect(rejection.response.headerFields[.contentType] == "application/json")
        #expect(rejection.response.headerFields[.contentLength] == "\(expected.utf8.count)")
        #expect(rejection.response.headerFields[.cacheControl] == "no-store")
        #expect(rejection.reason.code == "reverification-error")
    }
}
