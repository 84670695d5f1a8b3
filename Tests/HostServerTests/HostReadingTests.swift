#if NIO && Hummingbird && FlyingFox && GRPC
import FlyingFox
import Foundation
import GatehouseFlyingFox
import GatehouseHummingbird
import Hummingbird
import Synchronization
import Testing

/// Names the rule that it stands for.
private struct NamedAuthenticator: Authenticator {
    func authenticate(_ request: AuthorizationRequest) async -> Authentication { .authenticated(Principal("x")) }
}

@Suite("No target reaches another route than the one that our rules read", .serialized)
struct HostReadingTests {
    /// Routes that are rules, and in each server's own router as well.
    private static let routes = [
        "/admin", "/admin/users", "/orgs/{org}", "/orgs/{org}/members", "/files/**", "/@me", "/a.b", "/{page}", "/",
    ]

    /// Targets near the routes: letters, slashes, dots, encodings and delimiters where routers differ.
    private static var targets: [String] {
        let stems = [
            "/admin", "/admin/users", "/orgs/acme", "/orgs/acme/members", "/files/a/b", "/@me", "/a.b", "/page", "/",
        ]
        var targets = stems + stems.map { $0.uppercased() } + stems.map { $0 + "/" } + stems.map { "/" + $0 }
        targets +=
            stems.map { $0 + "?a=/admin" } + stems.map { $0 + "#a" } + stems.map { $0 + ";a=b" }
            + stems.map { $0 + "%20" }
        targets +=
            stems.map { "/x/.." + $0 } + stems.map { "/." + $0 } + stems.map { $0 + "/." } + stems.map { $0 + "/.." }
        targets += stems.map { $0.replacing("m", with: "%6D") } + stems.map { $0.replacing("/", with: "%2F") }
        targets += stems.map { $0.replacing("/", with: "\\") } + stems.map { $0.replacing("@", with: "%40") }
        targets += stems.map { $0.replacing(".", with: "%2E") } + stems.map { $0.replacing("a", with: "A") }
        targets += stems.map { $0.replacing("/", with: "//") } + stems.map { "http://localhost" + $0 }
        targets +=
            stems.map { $0 + "%00" } + stems.map { $0 + "%" } + stems.map { $0 + "%252F" } + stems.map { $0 + "%C3%A9" }
        targets += [
            "/admin%20/users", "/%61dmin", "/orgs/%2E%2E/admin", "/orgs/..%2Fadmin", "/files/../admin",
            "/files/%2e%2e/admin",
        ]
        targets += [
            "/K", "/%E2%84%AA", "/adm\u{131}n", "/adm%C4%B1n", "/orgs/a%40b", "/orgs/%40me", "/*", "*", "/orgs/*",
        ]
        return targets
    }

    /// Rules that each let go on, so that the host's own router decides what runs. The rule that decided is told to the handler.
    private static func rules(_ told: Told) throws -> RouteRules {
        RouteRules(
            try routes.map { route in
                try RouteRule(
                    route,
                    requires: .custom(route) { _ in
                        told.set(route)
                        return .allowed
                    }
                )
            }
        )
    }

    private func requests(at port: Int, _ told: Told) async throws -> Int {
        var reached = 0
        for target in Self.targets {
            told.set(nil)
            let answers = try await exchange(
                with: port,
                "GET \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            guard let answer = answers.first, answer.status == 200 else { continue }
            reached += 1
            #expect(told.route == answer.body, "\(target.debugDescription)")
        }
        return reached
    }

    private func authorizer() throws -> Authorizer { try Authorizer(policy: Policy {}) }

    @Test("on Hummingbird")
    func hummingbird() async throws {
        let told = Told()
        let router = Router(context: BasicPrincipalRequestContext.self)
        for route in Self.routes.reversed() { router.get(RouterPath(route)) { _, _ in route } }
        let rules = try Self.rules(told)
        #expect(rules.unguarded(of: router).isEmpty)
        let guarded = router.guarded(
            by: RouteGuard(rules, by: NamedAuthenticator(), try authorizer(), host: .hummingbird)
        )
        try await HummingbirdHost.run(guarded) { port in
            let reached = try await requests(at: port, told)
            #expect(reached >= 20)
        }
    }

    @Test("on Hummingbird, whose router was told to ignore case")
    func hummingbirdIgnoringCase() async throws {
        let told = Told()
        let router = Router(context: BasicPrincipalRequestContext.self, options: .caseInsensitive)
        for route in Self.routes { router.get(RouterPath(route)) { _, _ in route } }
        let guarded = router.guarded(
            by: RouteGuard(
                try Self.rules(told),
                by: NamedAuthenticator(),
                try authorizer(),
                host: [.hummingbird, .ignoresCase]
            )
        )
        try await HummingbirdHost.run(guarded) { port in
            let reached = try await requests(at: port, told)
            #expect(reached >= 15)
        }
    }

    @Test("on FlyingFox")
    func flyingFox() async throws {
        let told = Told()
        var routes = RoutedHTTPHandler()
        for route in Self.routes {
            // FlyingFox writes placeholders as `:name`, and the rest as `*`.
            let path = route.replacing("{org}", with: ":org").replacing("{page}", with: ":page").replacing(
                "**",
                with: "*"
            )
            routes.appendRoute(HTTPRoute("GET \(path)")) { _ in
                FlyingFox.HTTPResponse(statusCode: .ok, body: Data(route.utf8))
            }
        }
        let requestGuard = RouteGuard(
            try Self.rules(told),
            by: NamedAuthenticator(),
            try authorizer(),
            host: .flyingFox
        )
        try await FlyingFoxHost.run(GuardedHandler(routes, requestGuard)) { port in
            let reached = try await requests(at: port, told)
            #expect(reached >= 15)
        }
    }
}

/// The rule that decided last.
private final class Told: Sendable {
    private let state = Mutex<String?>(nil)
    var route: String? { state.withLock(\.self) }
    func set(_ route: String?) { state.withLock { $0 = route } }
}
#endif
