#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseHTTP

/// A server that is not there yet: requests with a head and a body, and handlers that answer them.
protocol OtherServer {
    associatedtype Body
    func answer(_ head: HTTPRequest, _ body: Body, for principal: Principal?) async throws -> (HTTPResponse, [UInt8])
}

/// The guard before the handlers of such a server.
struct OtherServerAdapter<Server: OtherServer, Guard: RequestGuard> {
    let server: Server
    let requestGuard: Guard
    let log: RequestLog

    func respond(to head: HTTPRequest, _ body: Server.Body) async throws -> (HTTPResponse, [UInt8]) {
        let asked = AuthorizationRequest(head)
        switch await requestGuard.authorize(asked) {  // the body is not read yet
        case .proceed(let request): return try await answer(head, body, request)
        case .reject(let rejection): return refuse(asked, rejection)
        }
    }

    private func answer(
        _ head: HTTPRequest,
        _ body: Server.Body,
        _ request: AuthorizationRequest
    ) async throws -> (HTTPResponse, [UInt8]) {
        do {
            return try await AuthorizationRequest.$current.withValue(request) {
                try await server.answer(head, body, for: request.principal)
            }
        } catch let error as AccessError {
            return refuse(request, Refusals().rejection(of: request, for: error))
        } catch let error as AuthorizerError {
            return refuse(request, Refusals().rejection(of: request, for: AccessError(error)))
        }
    }

    private func refuse(_ request: AuthorizationRequest, _ rejection: Rejection) -> (HTTPResponse, [UInt8]) {
        log.rejected(request, rejection)
        return (rejection.response, rejection.body)
    }
}
#endif
