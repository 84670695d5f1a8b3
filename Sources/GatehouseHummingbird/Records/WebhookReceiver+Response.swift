#if Hummingbird
public import GatehouseRecords
public import Hummingbird
import NIOCore

extension WebhookReceiver {
    /// Answers a request to the webhook's address. The answer is 200 after the event is stored durably.
    ///
    /// ```swift
    /// router.post("webhooks/clerk", requires: .public) { request, _ in await webhooks.response(to: request) }
    /// ```
    ///
    /// The route is public, since the signature proves the sender. The answer is 405 to another method than POST, 413 to a body over the
    /// limit, and 400 to a signature that is missing, stale or wrong. The answer is 503 if the store does not take the event, so that the
    /// sender sends it again.
    public func response(to request: Request) async -> Response {
        guard request.method == .post else {
            return Response(status: .methodNotAllowed, headers: [.allow: "POST", .cacheControl: "no-store"])
        }
        let body: [UInt8]
        do {
            let buffer = try await request.body.collect(upTo: configuration.maximumBodyByteCount)
            body = Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            return Self.response(.tooLarge)
        } catch {
            return Response(status: .badRequest, headers: [.cacheControl: "no-store"])
        }
        return Self.response(await receive(request.headers, body: body))
    }

    private static func response(_ reception: WebhookReception) -> Response {
        var headers: HTTPFields = [.cacheControl: "no-store"]
        if case .unavailable(let error) = reception {
            headers[.retryAfter] = String(max(1, error.retryAfter?.components.seconds ?? 1))
        }
        return Response(status: reception.status, headers: headers)
    }
}
#endif
