#if Hummingbird
import GatehouseHTTP
import Hummingbird

/// A route as it is registered.
struct GuardedRoute {
    /// The whole path, with the paths of the groups around the route.
    let path: RouterPath
    let method: HTTPRequest.Method
    let requirements: [Requirement]

    /// The combination of all requirements; `nil` if there are none.
    var requirement: Requirement? {
        requirements.count > 1 ? .allOf(requirements) : requirements.first
    }

    var name: String { "\(method.rawValue) \(path)" }
    var placeholders: [String] { path.description.placeholders }
}

/// The guards before the handlers of a router, for any type of authenticator.
protocol RouteGuarding: AnyObject {
    /// Returns the handler of a route behind the guard.
    func guarding<Context: PrincipalRequestContext>(
        _ responder: some HTTPResponder<Context>,
        of route: GuardedRoute
    ) -> any HTTPResponder<Context>

    /// The findings that keep routes closed to everybody; `nil` if there are none.
    var error: RouteError? { get }

    /// The names of the routes that state their requirements, and of the routes that do not.
    var guarded: Set<String> { get }
    var unguarded: Set<String> { get }
}

/// The guards of a router's routes.
final class RouteGuards<A: Authenticator>: RouteGuarding {
    private let gate: Gate<A>
    private var findings: [RouteFinding] = []
    private(set) var guarded: Set<String> = []
    private(set) var unguarded: Set<String> = []

    init(_ gate: Gate<A>) {
        self.gate = gate
    }

    func guarding<Context: PrincipalRequestContext>(
        _ responder: some HTTPResponder<Context>,
        of route: GuardedRoute
    ) -> any HTTPResponder<Context> {
        let guarded = GuardedResponder(responder, of: route, by: gate)
        findings += guarded.findings
        if route.requirements.isEmpty { unguarded.insert(route.name) } else { self.guarded.insert(route.name) }
        return guarded
    }

    var error: RouteError? { RouteError(findings) }
}
#endif
