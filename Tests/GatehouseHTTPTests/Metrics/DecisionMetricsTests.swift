import GatehouseHTTP
import GatehouseTesting
import MetricsTestKit
import Testing

#if Tracing
import InMemoryTracing
import Tracing
#endif

@Suite("Decisions reach the metrics backend and the tracer, and do not say who asked")
struct DecisionMetricsTests {
    private let backend = TestMetrics()
    #if Tracing
    private let tracer = InMemoryTracer()
    #endif
    private let metrics: DecisionMetrics

    init() {
        #if Tracing
        metrics = DecisionMetrics(dimensions: [("server", "a")], factory: backend, tracer: tracer)
        #else
        metrics = DecisionMetrics(dimensions: [("server", "a")], factory: backend)
        #endif
    }

    private func decide(_ authentication: Authentication, _ path: String, _ method: HTTPRequest.Method = .get)
        async throws
    {
        let authenticator = FixedAuthenticator(authentication)
        let gate = Gate(authenticator, try Fixture.authorizer.get(), metrics: metrics)
        let rules = RouteRules(
            try RouteRule("/public", requires: .public),
            try RouteRule("/me", requires: .authenticated),
            try RouteRule("/role", requires: .role("org:reader")),
            try RouteRule("/step-up", requires: .factor(.strict))
        )
        let guarded = RouteGuard(rules, gate, crossOrigin: CrossOriginPolicy(origins: ["https://a"]))
        let fields: HTTPFields = method == .options ? [.origin: "https://a", .accessControlRequestMethod: "GET"] : [:]
        let request = AuthorizationRequest(method: method, path: path, headerFields: fields, requestID: "request-1")
        _ = await guarded.authorize(request)
    }

    private func count(_ name: String, _ outcome: String) throws -> Int64 {
        try backend.expectCounter(name, [("server", "a"), ("outcome", outcome)]).totalValue
    }

    @Test("decisions are counted by outcome, with their durations")
    func outcomes() async throws {
        let alice = Authentication.authenticated(Principal("alice", tokenKind: .session))
        try await decide(alice, "/me")
        try await decide(alice, "/role")
        try await decide(alice, "/step-up")
        try await decide(.anonymous, "/me")
        try await decide(.anonymous, "/public")
        try await decide(.anonymous, "/me//")
        try await decide(.anonymous, "/me", .options)
        try await decide(.rejected(code: "token-expired", message: "m"), "/me")
        try await decide(.unavailable(code: "keys", message: "down"), "/me")
        let expected = [
            "allowed": 2, "forbidden": 1, "step_up": 1, "unauthenticated": 2, "bad_request": 1, "preflight": 1,
            "unavailable": 1,
        ]
        for (outcome, number) in expected { #expect(try count("gatehouse.decisions", outcome) == number, "\(outcome)") }
        let found = ["authenticated": 3, "anonymous": 1, "rejected": 1, "unavailable": 1]
        for (outcome, number) in found { #expect(try count("gatehouse.authentications", outcome) == number) }
        #expect(try backend.expectTimer("gatehouse.decision.duration", [("server", "a")]).values.count == 9)
        #if Tracing
        let spans = tracer.finishedSpans
        #expect(spans.filter { $0.operationName == "gatehouse.authorize" }.count == 9)
        #expect(spans.filter { $0.operationName == "gatehouse.authenticate" }.count == 6)
        for span in spans {
            span.attributes.forEach { name, value in
                #expect(name.hasPrefix("gatehouse.") || name == "http.response.status_code")
                #expect(!"\(value)".contains("alice"))
            }
        }
        #endif
    }

    @Test("a decision that is known at once is counted once, and a decision that is not known is not counted")
    func atHand() throws {
        let alice = Authentication.authenticated(Principal("alice", tokenKind: .session))
        let gate = Gate(FixedAuthenticator(alice), try Fixture.authorizer.get(), metrics: metrics)
        let guarded = RouteGuard(
            RouteRules(
                try RouteRule("/public", requires: .public),
                try RouteRule("/role", requires: .role("org:reader"))
            ),
            gate
        )
        for (path, isKnown) in [("/public", true), ("/role", false), ("/elsewhere", false)] {
            let request = AuthorizationRequest(method: .get, path: path)
            #expect((guarded.authorizedAtHand(request) != nil) == isKnown, "\(path)")
        }
        #expect(try count("gatehouse.decisions", "allowed") == 1)
        #expect(try backend.expectTimer("gatehouse.decision.duration", [("server", "a")]).values.count == 1)
        #if Tracing
        #expect(tracer.finishedSpans.map(\.operationName) == ["gatehouse.authorize"])
        #endif
    }

    @Test("every authentication is counted once, also that of a remembered token")
    func remembered() async throws {
        let pair = try Fixture.pair.get()
        let verifier = try TokenVerifier(keys: pair.keySet, clock: Fixture.clock.wall)
        let gate = Gate(JWTAuthenticator(verifier: verifier), try Fixture.authorizer.get(), metrics: metrics)
        let guarded = RouteGuard(
            RouteRules(
                try RouteRule("/public", requires: .public),
                try RouteRule("/me", requires: .authenticated),
                try RouteRule("/role", requires: .role("org:reader"))
            ),
            gate
        )
        let claims = TokenMinter.claims(subject: "alice", at: Fixture.now)
        let fields: HTTPFields = [.authorization: "Bearer \(try TokenMinter(keyPair: pair).token(claims: claims))"]
        var atHand: Int64 = 0
        for _ in 1...4 {
            for path in ["/public", "/me", "/role"] {
                let request = AuthorizationRequest(method: .get, path: path, headerFields: fields)
                if guarded.authorizedAtHand(request) != nil {
                    atHand += path == "/me" ? 1 : 0
                } else {
                    _ = await guarded.authorize(request)
                }
            }
        }
        #expect(atHand > 0)
        #expect(try count("gatehouse.authentications", "authenticated") == 8)
        #expect(try count("gatehouse.decisions", "allowed") == 8)
        #expect(try count("gatehouse.decisions", "forbidden") == 4)
    }

    @Test("key sources report whether keys can be had")
    func keys() throws {
        let metrics = KeySetMetrics(factory: backend)
        func meters() throws -> [Double?] {
            try ["usable", "stale", "refused"].map { try backend.expectMeter("gatehouse.keys.\($0)").lastValue }
        }
        #expect(try meters() == [1, 0, 0])
        metrics.keySet(at: "a", became: .stale(reason: "down"))
        #expect(try meters() == [1, 1, 0])
        metrics.keySet(at: "a", became: .unusable(reason: "down"))
        #expect(try meters() == [0, 0, 0])
        metrics.keySet(at: "a", became: .loaded)
        #expect(try meters() == [1, 0, 0])
    }
}
