#if Server
import GatehouseHummingbird
import GatehouseRecords
import HTTPTypes
import Hummingbird

/// A receiver of webhooks with any store.
protocol WebhookAnswering: Sendable {
    func answer(_ request: Request, requestID: String) async -> Answer
}

extension WebhookReceiver: WebhookAnswering {
    func answer(_ request: Request, requestID: String) async -> Answer {
        let response = await response(to: request)
        guard response.status.kind != .successful else { return Answer(status: response.status, fields: [:]) }
        var fields = response.headers
        fields[.contentLength] = nil
        let isUnavailable = response.status == .serviceUnavailable
        return .problem(
            response.status,
            isUnavailable ? "the webhook could not be stored" : "the webhook was not taken",
            code: isUnavailable ? "unavailable" : nil,
            requestID: requestID,
            fields: fields
        )
    }
}
#endif
