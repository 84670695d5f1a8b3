#if Hummingbird
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@Suite("Guards in a row read a request once")
struct GuardsInARowTests {
    /// Remembers what it saw, and lets everything go on.
    private final class Recorder: RequestGuard {
        private let recorded = Mutex<[AuthorizationRequest]>([])

        var requests: [AuthorizationRequest] { recorded.withLock { $0 } }

        func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
            recorded.withLock { $0.append(request) }
            return .proceed(request)
        }
    }

    /// Changes what comes after it.
    private struct Changing<Context: RequestContext>: RouterMiddleware {
        let change: @Sendable (inout Request, inout Context) -> Void

        func handle(
            _ request: Request,
            context: Context,
            next: (Request, Context) async throws -> Response
        ) async throws -> Response {
            var (request, context) = (request, context)
            change(&request, &context)
            return try await next(request, context)
        }
    }

    /// The requests that three guards see, with a change between the second and the third.
    private func seen(
        _ change: @escaping @Sendable (inout Request, inout BasicPrincipalRequestContext) -> Void = { _, _ in }
    ) async throws -> [AuthorizationRequest] {
        let recorder = Recorder()
        let router = Router(context: BasicPrincipalRequestContext.self)
        router.add(middleware: GuardMiddleware(recorder))
        router.group("orgs/:org")
            .add(middleware: GuardMiddleware(recorder))
            .add(middleware: Changing(change: change))
            .add(middleware: GuardMiddleware(recorder))
            .get(":id") { _, _ in "" }
        let application = Application(router: router, logger: RecordedLog().logger)
        _ = try await application.test(.router) { client in
            try await client.execute(uri: "/orgs/org_1/7?x=1", method: .get, headers: [.authorization: "Bearer a"])
        }
        return recorder.requests
    }

    @Test("all guards see the same request, with one id")
    func same() async throws {
        let requests = try await seen()
        #expect(requests.count == 3)
        #expect(Set(requests.map(\.requestID)).count == 1)
        for request in requests {
            #expect(request.path == "/orgs/org_1/7" && request.parameters == ["org": "org_1", "id": "7"])
        }
    }

    @Test("a guard sees what a middleware before it changed")
    func changed() async throws {
        let head = try await seen { request, _ in
            var head = request.head
            head.method = .put
            head.path = "/elsewhere?y=2"
            head.headerFields[.authorization] = "Bearer b"
            request = Request(head: head, body: request.body)
        }
        #expect(head[2].method == .put && head[2].path == "/elsewhere")
        #expect(head[2].headerFields[.authorization] == "Bearer b" && head[2].requestID == head[0].requestID)
        let parameters = try await seen { _, context in context.coreContext.parameters["org"] = "org_2" }
        #expect(parameters.map { $0.parameters["org"] } == ["org_1", "org_1", "org_2"])
        #expect(parameters[2].repeatedParameter == nil && parameters[2].requestID == parameters[0].requestID)
        let principal = try await seen { _, context in context.principal = Principal("user_1") }
        #expect(principal.map { $0.principal?.id } == [nil, nil, "user_1"])
    }

    @Test(
        "rules as a middleware know the placeholders of the routes behind it by the same names",
        arguments: [("/orgs/org_1/7", 200), ("/orgs/org_2/7", 403), ("/orgs/org%5F1/7", 400), ("/twice/a/b", 403)]
    )
    func rules(path: String, status: Int) async throws {
        let rules = RouteRules(
            try RouteRule("/orgs/{org}/{id}", requires: .organization(inPath: "org")),
            try RouteRule("/twice/**", requires: .authenticated)
        )
        let principal = Principal("user_1", organization: "org_1")
        let routes = RouteGuard(
            rules,
            by: FixedAuthenticator(.authenticated(principal)),
            try Authorizer(policy: Policy {}),
            host: .hummingbird
        )
        let router = Router(context: BasicPrincipalRequestContext.self)
        router.add(middleware: GuardMiddleware(routes))
        router.get("orgs/:org/:id") { _, _ in "" }
        router.get("twice/:x/:x") { _, _ in "" }
        let application = Application(router: router, logger: RecordedLog().logger)
        try await application.test(.router) { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(response.status.code == status)
        }
    }

    @Test("a decision is about the principal that it was made for")
    func decision() {
        var access = RequestAccess()
        access.principal = Principal("user_1")
        access.isDecided = true
        access.principal = Principal("user_2")
        #expect(!access.isDecided)
    }
}
#endif
