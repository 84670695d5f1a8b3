#if FlyingFox
import FlyingFox
import Foundation
import GatehouseHTTP

extension AuthorizationRequest {
    /// Makes a request with the target as it was sent, and with the last of several header fields of the same name.
    init(_ request: FlyingFox.HTTPRequest) {
        self.init(
            method: HTTPTypes.HTTPRequest.Method(rawValue: request.method.rawValue) ?? .connect,
            path: request.target.path(),
            fields: SentHeaders(headers: request.headers)
        )
    }
}

private struct SentHeaders: UnreadFields {
    let headers: FlyingFox.HTTPHeaders

    func forEach(_ body: (String, String) -> Void) {
        for (name, value) in headers { body(name.rawValue, value) }
    }
}

extension FlyingFox.HTTPResponse {
    /// Makes the response for a rejection.
    init(_ rejection: Rejection) {
        var headers = HTTPHeaders()
        for field in rejection.response.headerFields where field.name != .contentLength {
            headers[HTTPHeader(field.name.canonicalName)] = field.value
        }
        self.init(
            statusCode: HTTPStatusCode(
                rejection.response.status.code,
                phrase: rejection.response.status.reasonPhrase
            ),
            headers: headers,
            body: Data(rejection.body)
        )
    }
}
#endif
