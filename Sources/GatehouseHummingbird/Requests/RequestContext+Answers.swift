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

    /// Returns the answer of a guard to an error that a handler throws about an accepted request, and logs the reason.
    ///
    /// - Throws: `error`, unless a guard has an answer to it.
    func response(
        to request: AuthorizationRequest,
        for error: any Error,
        _ refusals: Refusals
    ) throws -> Response {
        let refusal: AccessError
        switch error {
        case let error as AccessError: refusal = error
        case let error as AuthorizerError: refusal = AccessError(error)
        default: throw error
        }
        return response(to: request, rejectedBy: refusals.rejection(of: request, for: refusal))
    }
}
#endif
