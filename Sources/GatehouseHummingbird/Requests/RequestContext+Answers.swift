#if Hummingbird
import GatehouseHTTP
import Hummingbird
import Logging

extension RequestContext {
    /// The request's id; `nil` if the logger does not carry the id. Hummingbird's `id` traps under a log handler that keeps no metadata.
    var knownID: (any CustomStringConvertible & Sendable)? {
        switch logger[metadataKey: "hb.request.id"] {
        case .string(let id): id
        case .stringConvertible(let id): id
        default: nil
        }
    }

    /// Returns the response for a rejection, and logs the reason.
    func response(to request: AuthorizationRequest, rejectedBy rejection: Rejection) -> Response {
        RequestLog(logger).rejected(request, rejection)
        return Response(
            status: rejection.response.status,
            headers: rejection.response.headerFields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: rejection.body))
        )
    }
}
#endif
