#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseHTTP
import Testing

@Suite("An answer without suspension is the guard's answer")
struct AnswersAtHandTests {
    @Test("an answer at hand to a request is that of the guard", arguments: [HostReading(), .hummingbirdAndFlyingFox])
    func table(reading: HostReading) async throws {
        let requestGuard = try GuardedAPI().routeGuard(host: reading)
        var answered = 0
        for row in HostTable.requests {
            let request = try row.authorizationRequest
            let before = requestGuard.authorizedAtHand(request)
            let result = await requestGuard.authorize(request)
            // By now the token, if it is good, is remembered.
            for known in [before, requestGuard.authorizedAtHand(request)] {
                guard let known else { continue }
                answered += 1
                guard case .proceed(let authorized) = result else {
                    Issue.record("\(row) is refused by the guard, and goes on at once")
                    continue
                }
                #expect(known.isDecided && authorized.isDecided, "\(row)")
                #expect(known.principal?.id == authorized.principal?.id, "\(row)")
                #expect(known.parameters == authorized.parameters, "\(row)")
                #expect(known.requestID == authorized.requestID, "\(row)")
            }
        }
        #expect(answered >= 40)
    }

    @Test("metrics keep no answer from being at hand")
    func metrics() async throws {
        let api = try GuardedAPI()
        let plain = try api.routeGuard()
        let gate = Gate(try api.authenticator(), api.authorizer, metrics: DecisionMetrics())
        let measured = RouteGuard(try GuardedAPI.rules, gate)
        let request = try HostRequest(.nobody, "GET", "/public", 200).authorizationRequest
        #expect(plain.authorizedAtHand(request) != nil)
        #expect(measured.authorizedAtHand(request) != nil)
    }

    @Test("guards in a row have an answer at hand together")
    func sequence() async throws {
        let api = try GuardedAPI()
        let authentication = AuthenticationGuard(try api.authenticator())
        let requestGuard = authentication.requiring(.permission("org:invoices:read"), by: api.authorizer)
            .then(DecisionGuard())
        let request = try HostRequest(.member, "GET", "/invoices", 200).authorizationRequest
        #expect(requestGuard.authorizedAtHand(request) == nil)
        for _ in 1...2 {
            guard case .proceed = await requestGuard.authorize(request) else {
                Issue.record("the request is refused")
                return
            }
        }
        #expect(requestGuard.authorizedAtHand(request)?.principal?.id == "member")
        #expect(authentication.then(DecisionGuard()).authorizedAtHand(request) == nil)
        #expect(PublicAccess().then(DecisionGuard()).authorizedAtHand(request)?.isDecided == true)
    }
}

extension HostReading {
    fileprivate static var hummingbirdAndFlyingFox: Self { [.ignoresCase, .ignoresTrailingSlash] }
}

extension HostRequest {
    /// The request as an adapter makes it.
    fileprivate var authorizationRequest: AuthorizationRequest {
        get throws {
            var fields = HTTPFields()
            if let token = try caller.token, !self.fields.contains(where: { $0.0 == "Authorization" }) {
                fields.append(HTTPField(name: .authorization, value: "Bearer \(token)"))
            }
            let token = try Caller.member.token ?? ""
            for (name, value) in self.fields {
                guard let name = HTTPField.Name(name) else { continue }
                fields.append(HTTPField(name: name, value: value.replacing("TOKEN", with: token)))
            }
            return AuthorizationRequest(
                method: HTTPRequest.Method(rawValue: method) ?? .connect,
                path: target,
                headerFields: fields,
                requestID: "r-1"
            )
        }
    }
}
#endif
