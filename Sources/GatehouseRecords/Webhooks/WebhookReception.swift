public import HTTPTypes

/// The result of a request to the webhook's address.
public enum WebhookReception: Sendable, Hashable {
    /// The webhook is stored durably, and its revocations are in force.
    case stored
    /// The webhook was stored before. Only invalidations that other nodes were not told are published.
    case repeated
    /// The signature is missing, stale or wrong.
    case refused(WebhookSignatureError)
    /// The body is too large.
    case tooLarge
    /// The webhook could not be stored, or its invalidations could not be told to other nodes. The sender has to send it again.
    case unavailable(RecordStoreError)

    /// The HTTP status to answer.
    public var status: HTTPResponse.Status {
        switch self {
        case .stored, .repeated: .ok
        case .refused: .badRequest
        case .tooLarge: .contentTooLarge
        case .unavailable: .serviceUnavailable
        }
    }
}
