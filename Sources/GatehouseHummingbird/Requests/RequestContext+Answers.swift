#if Hummingbird
import GatehouseHTTP
import Hummingbird
import Logging

extension RequestContext {
    /// The request's id, where the logger carries it. `id` itself traps under a log handler that keeps no metadata.
    var knownID: String? { logger[metadataKey: "hb.request.id"].map { "\($0)" } }

    /// The answer that a rejection is. Why is for the log.
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
