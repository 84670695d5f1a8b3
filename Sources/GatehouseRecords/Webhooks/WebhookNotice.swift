/// A notice about webhooks for an operator.
public enum WebhookNotice: Sendable, Hashable {
    /// A request was refused.
    case refused(WebhookSignatureError)
    /// A webhook could not be stored.
    case unavailable(RecordStoreError)
    /// The first event of a type for which there is no handler.
    case unhandled(type: String)
    /// A handler failed, and will be run again.
    case failed(id: String, reason: String)
    /// A webhook is a dead letter, since it is not an event or failed too often.
    case deadLetter(id: String, reason: String)
}
