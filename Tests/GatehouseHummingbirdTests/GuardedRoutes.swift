#if Hummingbird
import GatehouseClerk
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird
import Logging

/// A guarded router with routes of every origin.
enum GuardedRoutes {
    /// A controller that knows nothing of guards.
    private struct Controller<Context: RequestContext> {
        func addAll(to group: RouterGroup<Context>) { group.get("all") { _, _ in "all" } }
        func addSome(to routes: some RouterMethods<Context>) { routes.get("some") { _, _ in "some" } }
    }

    private struct DocumentContext: PrincipalRequestContext, ChildRequestContext {
        var coreContext: CoreRequestContextStorage
        var access = RequestAccess()

        init(context: BasicPrincipalRequestContext) throws { coreContext = context.coreContext }
    }

    /// Says in the answer that it ran.
    private struct Marking<Context: RequestContext>: RouterMiddleware {
        let name: String

        func handle(
            _ request: Request,
            context: Context,
            next: (Request, Context) async throws -> Response
        ) async throws -> Response {
            var response = try await next(request, context)
            response.headers[values: HTTPField.Name("X-Middlewares")!].append(name)
            return response
        }
    }

    static func router(logger: Logger = RecordedLog().logger) throws -> GuardedRouter<
        BasicPrincipalRequestContext
    > {
        let clock = ManualClock(GuardedApplication.now)
        let clerk = try ClerkAuthenticator(keys: try GuardedApplication.pair.get().keySet, clock: clock.wall)
        let policy = Policy {
            CataloguedPermission("org:invoices:read", "Read")
            CataloguedPermission("org:invoices:void", "Void")
            Role("org:member") { Grants("org:invoices:read") }
            Role("org:admin") {
                Inherits("org:member")
                Grants("org:invoices:*")
            }
        }
        let authorizer = Authorizer(engine: try PolicyEngine(policy))
        let router = GuardedRouter(
            options: .autoGenerateHeadEndpoints,
            by: clerk,
            authorizer,
            refusals: try Refusals(retryAfter: .seconds(42)),
            logger: logger
        )
        router.add(middleware: Marking(name: "router"))
        router.get("public", requires: .public) { _, context in context.principal?.id ?? "nobody" }
        router.get("me", requires: .authenticated) { _, context in try context.requirePrincipal().id }
        router.get("forgotten") { _, _ in "open" }
        router.on("options", method: .options, requires: .authenticated) { _, _ in "options" }
        router.head("head", requires: .role("org:admin")) { _, _ in "" }
        router.group("methods", requires: .permission("org:invoices:read"))
            .get { _, _ in "get" }
            .post { _, _ in "post" }
            .put(requires: .permission("org:invoices:void")) { _, _ in "put" }
            .patch(requires: .permission("org:invoices:void")) { _, _ in "patch" }
            .delete(requires: .permission("org:invoices:void"), .role("org:admin")) { _, _ in "delete" }

        let invoices = router.group(
            "orgs/:org/invoices",
            requires: .organization(inPath: "org"),
            .permission("org:invoices:read")
        ).add(middleware: Marking(name: "group"))
        invoices.get { _, context in "invoices of \(try context.requirePrincipal().organization?.id ?? "")" }
        invoices.group(":id").add(middleware: Marking(name: "inner"))
            .delete(requires: .permission("org:invoices:void")) { _, context in try context.parameters.require("id") }
        invoices.group("public", requires: .public).get { _, _ in "still guarded" }

        // Routes that Hummingbird itself hands out, or registers.
        let plain: RouterGroup<BasicPrincipalRequestContext> = router.group("plain")
        plain.get { _, _ in "open" }
        plain.group("inner").get { _, _ in "open" }
        Controller().addAll(to: router.group("controller"))
        Controller().addSome(to: router)
        Controller().addAll(to: invoices.group("controller"))
        let collection = RouteCollection(context: BasicPrincipalRequestContext.self)
        collection.get("collected") { _, _ in "open" }
        router.addRoutes(collection)
        router.addRoutes(collection, atPath: "below")
        router.group("closed", requires: .role("org:admin")).addRoutes(collection)
        router.group("transformed", context: BasicRequestContextChild.self).get { _, _ in "open" }
        router.group("documents/:org", context: DocumentContext.self, requires: .organization(inPath: "org"))
            .get { _, context in try context.requirePrincipal().id }

        // Routes whose requirement is wrong.
        router.get("typo", requires: .not(.permission("org:invoices:reed"))) { _, _ in "open" }
        router.get("role", requires: .anyOf(.authenticated, .role("org:membr"))) { _, _ in "open" }
        router.get("pattern", requires: .not(.permission("org:invoices:*"))) { _, _ in "open" }
        router.get("path/:id", requires: .organization(inPath: "org")) { _, _ in "open" }
        router.get("twice/:id/of/:id", requires: .authenticated) { _, _ in "open" }

        // Questions that handlers ask themselves.
        router.get("public/me", requires: .public) { _, context in try context.requirePrincipal().id }
        router.get("asking", requires: .authenticated) { _, context in
            try await authorizer.require("org:invoices:void", for: context.principal)
            return "asked"
        }
        let undecided = Authorizer(engine: authorizer.engine, memberships: GuardedApplication.unreachable)
        router.get("undecided", requires: .authenticated) { _, context in
            try await undecided.require("org:invoices:void", for: context.principal)
            return "decided"
        }
        router.get("undecided/plain", requires: .authenticated) { _, context in
            try await undecided.isAllowed("org:invoices:void", for: try context.requirePrincipal()) ? "yes" : "no"
        }
        return router
    }

    private struct BasicRequestContextChild: ChildRequestContext {
        var coreContext: CoreRequestContextStorage

        init(context: BasicPrincipalRequestContext) throws { coreContext = context.coreContext }
    }
}
#endif
