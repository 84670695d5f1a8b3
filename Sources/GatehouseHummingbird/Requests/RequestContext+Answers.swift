#if Hummingbird
import GatehouseHTTP
import Hummingbird
import Logging

extension RequestContext {
    /// The request's id, where the logger carries it. `id` itself traps under a log handler that keeps no metadata.
    var knownID: (any CustomStringConvertible & Sendable)? {
        switch logger[metadataKey: "hb.request.id"] {
        case .string(let id): id
        case .stringConvertible(let id): id
        default: nil
        }
    }

    /// The response for a rejection. The reason is for the log.
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
