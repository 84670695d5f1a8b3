#if NIO && Hummingbird && FlyingFox && GRPC
import FlyingFox
import Foundation
import GatehouseFlyingFox
import GatehouseHummingbird
import GatehouseTesting
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import SeededGenerator
import Synchronization
import Testing

@Suite("No target reaches a route other than the route of our rules", .serialized)
struct HostReadingTests {
    static let authenticator = FixedAuthenticator(.authenticated(Principal("x")))

    /// Routes that are rules, and in each server's own router as well.
    static let routes = [
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
    static func rules(_ told: Told) throws -> RouteRules {
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

    func requests(at port: Int, _ told: Told) async throws -> Int {
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

    func authorizer() throws -> Authorizer { try Authorizer(policy: Policy {}) }

    /// Hummingbird's router behind the rules.
    private func hummingbird(
        _ told: Told,
        options: RouterOptions = []
    ) throws -> GuardedResponderBuilder<Router<BasicPrincipalRequestContext>, RouteGuard<FixedAuthenticator>> {
        let router = Router(context: BasicPrincipalRequestContext.self, options: options)
        for route in Self.routes.reversed() {
            router.get(RouterPath(route)) { _, _ in
                Response(
                    status: .ok,
                    headers: [.location: route],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: route))
                )
            }
        }
        let rules = try Self.rules(told)
        #expect(rules.unguarded(of: router).isEmpty)
        let reading: HostReading = options.contains(.caseInsensitive) ? [.hummingbird, .ignoresCase] : .hummingbird
        return router.guarded(by: RouteGuard(rules, by: Self.authenticator, try authorizer(), host: reading))
    }

    /// FlyingFox's routes behind the rules.
    private func flyingFox(_ told: Told) throws -> GuardedHandler<RoutedHTTPHandler, RouteGuard<FixedAuthenticator>> {
        var routes = RoutedHTTPHandler()
        for route in Self.routes {
            // FlyingFox writes placeholders as `:name`, and the rest as `*`.
            let path = route.replacing("{org}", with: ":org").replacing("{page}", with: ":page").replacing(
                "**",
                with: "*"
            )
            // FlyingFox's rest has a segment at least; that of a rule may have none.
            let paths = route.hasSuffix("/**") ? [path, String(path.dropLast(2))] : [path]
            for path in paths {
                routes.appendRoute(HTTPRoute("GET \(path)")) { _ in
                    FlyingFox.HTTPResponse(statusCode: .ok, body: Data(route.utf8))
                }
            }
        }
        let rules = try Self.rules(told)
        return GuardedHandler(
            routes,
            RouteGuard(rules, by: Self.authenticator, try authorizer(), host: .flyingFox),
            logger: .silent
        )
    }

    @Test("no target reaches another route on Hummingbird")
    func hummingbird() async throws {
        let told = Told()
        try await HummingbirdHost.run(try hummingbird(told)) { port in
            let reached = try await requests(at: port, told)
            #expect(reached >= 20)
        }
    }

    @Test("no target reaches another route on a Hummingbird router that ignores case")
    func hummingbirdIgnoringCase() async throws {
        let told = Told()
        try await HummingbirdHost.run(try hummingbird(told, options: .caseInsensitive)) { port in
            let reached = try await requests(at: port, told)
            #expect(reached >= 15)
        }
    }

    @Test("no target reaches another route on FlyingFox")
    func flyingFox() async throws {
        let told = Told()
        try await FlyingFoxHost.run(try flyingFox(told)) { port in
            let reached = try await requests(at: port, told)
            #expect(reached >= 15)
        }
    }

    /// Targets of parts where parsers part.
    private static func randomTargets(_ count: Int, seed: UInt64) -> [String] {
        let parts = [
            "/", "/", "/", "/", "admin", "users", "orgs", "acme", "members", "files", "page", "@me", "a.b", "ADMIN",
            "?", "#",
            ";", ".", "..", "%2F", "%2e", "%2E%2E", "%41", "%61", "%5C", "\\", ":", "://", "http:", "//", "@", "[", "]",
            "{",
            "}", "|", "^", "%", "%zz", "%00", "%C3%A9", "é", "*", "&", "=", "+", "%20", "%3F", "%23", "~", "-", ":80",
            "[::1]",
            "localhost",
        ]
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (generator.chance(90) ? "/" : "")
                + (0..<Int.random(in: 1...9, using: &generator)).map { _ in generator.pick(parts) }.joined()
        }
    }

    @Test("random targets reach no other route on Hummingbird", arguments: [RouterOptions(), .caseInsensitive])
    func randomHummingbird(options: RouterOptions) async throws {
        let told = Told()
        let responder = try hummingbird(told, options: options).buildResponder()
        let channel = NIOAsyncTestingChannel()
        var reached = 0
        for target in Self.randomTargets(20_000, seed: 1) {
            told.set(nil)
            let head = HTTPTypes.HTTPRequest(method: .get, scheme: nil, authority: nil, path: target)
            let source = ApplicationRequestContextSource(
                channel: channel,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let request = Hummingbird.Request(head: head, body: RequestBody(buffer: ByteBuffer()))
            let context = BasicPrincipalRequestContext(source: source)
            guard let response = try? await responder.respond(to: request, context: context), response.status == .ok
            else { continue }
            reached += 1
            #expect(response.headers[.location] == told.route, "\(target.debugDescription)")
        }
        #expect(reached >= 1_000)
    }

    @Test("random targets reach no other route on FlyingFox")
    func randomFlyingFox() async throws {
        let told = Told()
        let handler = try flyingFox(told)
        var reached = 0
        for target in Self.randomTargets(20_000, seed: 2) {
            told.set(nil)
            let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            let request = FlyingFox.HTTPRequest(
                method: .GET,
                version: .http11,
                target: .init(path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : ""),
                headers: [:],
                body: HTTPBodySequence()
            )
            guard let response = try? await handler.handleRequest(request), response.statusCode == .ok else { continue }
            reached += 1
            let body = String(decoding: try await response.bodyData, as: UTF8.self)
            #expect(told.route == body, "\(target.debugDescription)")
        }
        #expect(reached >= 1_000)
    }
}

/// The rule that decided last.
final class Told: Sendable {
    private let state = Mutex<String?>(nil)
    var route: String? { state.withLock(\.self) }
    func set(_ route: String?) { state.withLock { $0 = route } }
}
#endif
