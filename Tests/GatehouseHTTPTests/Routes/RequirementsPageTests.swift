import Foundation
import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("The page on what a route can require")
struct RequirementsPageTests {
    private static let admin = Principal(
        "ada",
        organization: Principal.Organization("org_1", slug: "acme"),
        roles: ["org:admin"],
        features: ["uo:exports"],
        plans: ["u:pro"],
        factorAges: .init(first: 3, second: 3),
        tokenKind: .session
    )

    private func rules() throws -> RouteRules {
        let rules = try RouteRules(
            RouteRule("/public/**", requires: .public),
            RouteRule("/me", requires: .authenticated),
            RouteRule("/orgs/{org}/invoices", requires: .organization(inPath: "org"), .permission("org:invoices:read")),
            RouteRule(
                "/orgs/{org}/owner",
                requires: .organization(inPath: "org"),
                .role("org:admin"),
                .factor(.strict)
            ),
            RouteRule("/exports", requires: .plan("pro"), .feature("o:exports")),
            RouteRule("/jobs", requires: .anyOf(.tokenKind(.m2m), .permission("org:jobs:run"))),
            RouteRule(
                "/account",
                requires: .authenticated,
                .custom("nobody acts for the user") { context in
                    context.principal?.actor == nil ? .allowed : .refused("somebody acts for the user")
                }
            )
        )
        return rules
    }

    private static func changed(_ change: (inout Principal) -> Void) -> Principal {
        var principal = admin
        change(&principal)
        return principal
    }

    @Test(
        "the page's rules answer as the page says",
        arguments: [
            (nil, [200, 401, 401, 401, 401, 401, 401]),
            (admin, [200, 200, 200, 200, 200, 403, 200]),
            (changed { $0.factorAges = .init(first: 10, second: nil) }, [200, 200, 200, 403, 200, 403, 200]),
            (changed { $0.organization = "org_2" }, [200, 200, 403, 403, 200, 403, 200]),
            (changed { $0.actor = ["sub": "eve"] }, [200, 200, 200, 200, 200, 403, 403]),
            (Principal("job", kind: .machine, tokenKind: .m2m), [200, 200, 403, 403, 403, 200, 200]),
        ] as [(Principal?, [Int])]
    )
    func answers(principal: Principal?, statuses: [Int]) async throws {
        let authorizer = try Authorizer(policy: Policy { Role("org:admin", grants: ["org:invoices:*"]) })
        let authentication = principal.map { Authentication.authenticated($0) } ?? .anonymous
        let routes = RouteGuard(try rules(), by: FixedAuthenticator(authentication), authorizer)
        let paths = [
            "/public/a", "/me", "/orgs/acme/invoices", "/orgs/org_1/owner", "/exports", "/jobs", "/account",
        ]
        for (path, status) in zip(paths, statuses) {
            let result = await routes.authorize(AuthorizationRequest(method: .get, path: path))
            #expect(result.status == status, "\(path)")
        }
        #expect(try rules().findings(by: authorizer).isEmpty)
    }

    @Test("the page's code is this test's, line by line")
    func sameCode() throws {
        let here = URL(filePath: #filePath)
        let page = here.appending(path: "../../../../Sources/GatehouseHTTP/GatehouseHTTP.docc/Requirements.md")
            .standardized
        func lines(_ text: String) -> [String] {
            text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let own = Set(lines(try String(contentsOf: here, encoding: .utf8)))
        let blocks = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```swift\n").dropFirst()
        #expect(blocks.count == 1)
        for block in blocks {
            for line in lines(block.components(separatedBy: "```")[0]) { #expect(own.contains(line), "\(line)") }
        }
    }
}
