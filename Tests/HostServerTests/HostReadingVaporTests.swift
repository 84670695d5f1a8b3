#if NIO && Hummingbird && FlyingFox && GRPC && Vapor
import GatehouseTesting
import GatehouseVapor
import Testing
import Vapor

extension HostReadingTests {
    @Test("no target reaches another route on Vapor")
    func vapor() async throws {
        let told = Told()
        let rules = try Self.rules(told)
        let requestGuard = RouteGuard(rules, by: Self.authenticator, try authorizer(), host: .vapor)
        try await VaporHost.run(GuardMiddleware(requestGuard)) { port in
            let reached = try await requests(at: port, told)
            #expect(reached >= 20)
        } adding: { routes in
            for route in Self.routes {
                let path = route.replacing("{org}", with: ":org").replacing("{page}", with: ":page")
                routes.get(path.split(separator: "/").map { PathComponent(stringLiteral: String($0)) }) { _ in route }
            }
        }
    }
}
#endif
