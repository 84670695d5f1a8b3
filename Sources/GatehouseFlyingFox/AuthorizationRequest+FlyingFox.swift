#if FlyingFox
import FlyingFox
import Foundation
import GatehouseHTTP

extension AuthorizationRequest {
    /// A request as a guard sees it: the target as it was sent, and of equal header fields the last.
    init(_ request: FlyingFox.HTTPRequest) {
        var fields = HTTPFields()
        for (name, value) in request.headers {
            if let name = HTTPField.Name(name.rawValue) { fields.append(HTTPField(name: name, value: value)) }
        }
        self.init(
            method: HTTPTypes.HTTPRequest.Method(rawValue: request.method.rawValue) ?? .connect,
            path: request.target.path(),
            headerFields: fields
        )
    }
}

extension FlyingFox.HTTPResponse {
    /// The answer that a rejection is.
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
