#if NIO && Hummingbird && FlyingFox && GRPC
import FlyingFox
import GRPCCore
import GatehouseFlyingFox
import GatehouseHTTP
import InMemoryLogging
import Logging
import Testing

extension Logger {
    /// Refusals are meant, and fill no test's output.
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

@Suite("Each adapter logs a refusal with its reason and with who was refused", .serialized)
struct RefusalLogTests {
    private static let keys = [
        "gatehouse.principal.id", "gatehouse.organization.id", "gatehouse.status", "gatehouse.reason.code",
    ]

    private static func lines(_ api: GuardedAPI) -> [[String?]] {
        api.log.entries.filter { $0.message == "Request rejected" }.map { entry in
            keys.map { entry.metadata[$0]?.description }
        }
    }

    @Test("a refusal by the guard is one line, and an accepted request none", arguments: Host.allCases)
    func guarded(host: Host) async throws {
        let api = try GuardedAPI()
        try await host.run(api) { port in
            for request in [
                HostRequest(.member, "POST", "/invoices", 403), HostRequest(.member, "GET", "/down", 503),
                HostRequest(.member, "GET", "/unlisted", 403), HostRequest(.nobody, "GET", "/invoices", 401),
                HostRequest(.expired, "GET", "/invoices", 401), HostRequest(.member, "GET", "/invoices", 200),
            ] {
                let answer = try #require(try await exchange(with: port, try request.text).first)
                #expect(answer.status == request.status, "\(request)")
            }
        }
        #expect(
            Self.lines(api) == [
                ["member", "org_1", "403", "forbidden"], ["member", "org_1", "503", "undecided"],
                ["member", "org_1", "403", "forbidden"], [nil, nil, "401", "unauthenticated"],
                [nil, nil, "401", "token-expired"],
            ]
        )
    }

    @Test("a refused gRPC call is one line, whether the guard or the handler refuses", arguments: GRPCHost.allCases)
    func calls(host: GRPCHost) async throws {
        let api = try GuardedAPI()
        let rules = RouteRules(
            try RouteRule("/billing.Invoices/Read", requires: .permission("org:invoices:read")),
            try RouteRule("/billing.Invoices/Void", requires: .permission("org:invoices:void")),
            try RouteRule("/billing.Invoices/*", requires: .authenticated)
        )
        let token = try #require(try Caller.member.token)
        try await host.run(api, rules) { call in
            for method in ["Void", "Throwing", "Mistaken", "Misconfigured", "Down", "Read"] {
                _ = try await call(method, ["authorization": .string("Bearer \(token)")])
            }
        }
        #expect(
            Self.lines(api) == [
                ["member", "org_1", "403", "forbidden"], ["member", "org_1", "403", "forbidden"],
                ["member", "org_1", "400", "bad-request"], ["member", "org_1", "500", "internal-error"],
                ["member", "org_1", "503", "undecided"],
            ]
        )
    }

    @Test("an error that a FlyingFox handler throws has its status and its line")
    func thrown() async throws {
        let api = try GuardedAPI()
        let errors: [String: any Error & Sendable] = [
            "/pages/forbidden": AccessError(.forbidden, "a draft"),
            "/pages/mistaken": AuthorizerError(.unknownRole, "x"),
            "/pages/misconfigured": AuthorizerError(.noStore), "/pages/down": AuthorizerError(.sourceFailed, "x"),
        ]
        let throwing = ClosureHTTPHandler { request in
            if let error = errors[request.path] { throw error }
            return FlyingFox.HTTPResponse(statusCode: .ok)
        }
        let rules = RouteRules(try RouteRule("/pages/{page}", requires: .authenticated))
        let guarded = GuardedHandler(throwing, try api.routeGuard(rules, host: .flyingFox), logger: api.logger)
        try await FlyingFoxHost.run(guarded) { port in
            for (page, status) in [("forbidden", 403), ("mistaken", 400), ("misconfigured", 500), ("down", 503)] {
                let request = HostRequest(.member, "GET", "/pages/\(page)", status)
                let answer = try #require(try await exchange(with: port, try request.text).first)
                #expect(answer.status == status, "\(request)")
                #expect((answer["retry-after"] != nil) == (status == 503), "\(request)")
            }
        }
        #expect(
            Self.lines(api) == [
                ["member", "org_1", "403", "forbidden"], ["member", "org_1", "400", "bad-request"],
                ["member", "org_1", "500", "internal-error"], ["member", "org_1", "503", "undecided"],
            ]
        )
    }
}
#endif
