#if TestServers
import FlyingFox
import FlyingSocks
import Foundation
import GatehouseClerk
import HTTPTypes

/// A server that no adapter of ours is for.
///
/// Without the call of the gate everybody gets in: the assertions fail, as `isGuarded` shows.
func makeOtherHost(_ gate: Gate<ClerkAuthenticator>, isGuarded: Bool = true) throws -> FlyingFox.HTTPServer {
    let routes: [String: Requirement] = ["/health": .public, "/invoices": .permission("org:invoices:read")]
    let handler = ClosureHTTPHandler { request in
        guard let method = HTTPTypes.HTTPRequest.Method(rawValue: request.method.rawValue) else {
            return FlyingFox.HTTPResponse(statusCode: .badRequest)
        }
        guard ["/health", "/invoices", "/forgotten"].contains(request.path) else {
            return FlyingFox.HTTPResponse(statusCode: .notFound)
        }
        if isGuarded {
            let asked = AuthorizationRequest(method: method, path: request.path, headerFields: request.headers.fields)
            switch await gate.authorize(asked, requires: routes[request.path]) {
            case .proceed: break
            case .reject(let rejection): return FlyingFox.HTTPResponse(rejection)
            }
        }
        return FlyingFox.HTTPResponse(statusCode: .ok)
    }
    return HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled, handler: handler)
}

extension HTTPHeaders {
    /// The fields as swift-http-types has them.
    fileprivate var fields: HTTPFields {
        HTTPFields(
            keys.flatMap { key in
                HTTPField.Name(key.rawValue).map { name in values(for: key).map { HTTPField(name: name, value: $0) } }
                    ?? []
            }
        )
    }
}

extension FlyingFox.HTTPResponse {
    fileprivate init(_ rejection: Rejection) {
        let status = rejection.response.status
        self.init(
            statusCode: HTTPStatusCode(status.code, phrase: status.reasonPhrase),
            headers: HTTPHeaders(
                rejection.response.headerFields.reduce(into: [:]) { $0[HTTPHeader($1.name.rawName)] = $1.value }
            ),
            body: Data(rejection.body)
        )
    }
}
#endif
