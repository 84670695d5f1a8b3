#if Hummingbird
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Values of the path reach requirements decoded")
struct EncodedPathTests {
    /// A value as it is sent, and the statuses of requirements that depend on the path and of one that does not.
    static let rows: [(value: String, status: Int)] = [
        ("public", 200), ("secret", 403), ("%73ecret", 403), ("%70ublic", 403), ("a%20b", 200), ("a%2Fb", 403),
        ("%C3%A9", 200), ("%c3%a9", 403), ("%FF", 403), ("public%00", 403), ("a:b", 200), ("a%3Ab", 200),
        ("b%20c", 403),
    ]

    private static func application() throws -> Application<RouterResponder<BasicPrincipalRequestContext>> {
        let policy = Policy(
            roles: [Role("reader", grants: ["docs:read"])],
            rules: [
                Rule(
                    "secrets",
                    .deny,
                    "docs:read",
                    to: "*",
                    when: .in("$resource.id", ["secret", "b c"])
                )
            ]
        )
        let authorizer = Authorizer(engine: try PolicyEngine(policy))
        let principal = Principal("alice", roles: ["reader"])
        let requirements: [(name: String, requirement: Requirement)] = [
            ("resource", .permission("docs:read", on: .path("document", "id"))),
            (
                "closure",
                .custom("no secret") { context in
                    ["secret", "b c"].contains(context.parameters["id"]) ? .refused("a secret") : .allowed
                }
            ), ("plain", .authenticated),
        ]
        let router = GuardedRouter(
            context: BasicPrincipalRequestContext.self,
            by: FixedAuthenticator(.authenticated(principal)),
            authorizer
        )
        for (name, requirement) in requirements {
            router.get("guarded/\(name)/:id", requires: requirement) { _, _ in "read" }
        }
        return Application(router: router, logger: RecordedLog().logger)
    }

    @Test(
        "a value is decoded, and a value that parsers read differently meets no requirement about it",
        arguments: rows
    )
    func values(value: String, status: Int) async throws {
        try await Self.application().test(.live) { client in
            for name in ["resource", "closure"] {
                let response = try await client.execute(uri: "/guarded/\(name)/\(value)", method: .get)
                #expect(response.status.code == status, "\(name)")
            }
            let plain = try await client.execute(uri: "/guarded/plain/\(value)", method: .get)
            #expect(plain.status == .ok)
        }
    }

    @Test("guards in a row see the same values as a guarded router", arguments: rows)
    func middleware(value: String, status: Int) async throws {
        let authorizer = Authorizer(engine: try PolicyEngine(Policy(roles: [Role("reader", grants: ["docs:read"])])))
        let router = Router(context: BasicPrincipalRequestContext.self)
        let refused = Requirement.custom("no secret") { context in
            ["secret", "b c"].contains(context.parameters["id"]) ? .refused("a secret") : .allowed
        }
        router.group("documents/:id")
            .add(middleware: AuthenticationMiddleware(FixedAuthenticator(.authenticated(Principal("alice")))))
            .add(middleware: RequirementMiddleware(refused, by: authorizer))
            .get { _, _ in "read" }
        try await Application(router: router, logger: RecordedLog().logger).test(.live) { client in
            let response = try await client.execute(uri: "/documents/\(value)", method: .get)
            #expect(response.status.code == status)
        }
    }
}
#endif
