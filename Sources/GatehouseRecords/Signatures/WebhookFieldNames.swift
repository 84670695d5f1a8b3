public import HTTPTypes

/// The names under which a webhook's id, timestamp and signatures travel.
public struct WebhookFieldNames: Sendable, Hashable {
    /// The name of the id's field.
    public let id: HTTPField.Name
    /// The name of the timestamp's field.
    public let timestamp: HTTPField.Name
    /// The name of the signatures' field.
    public let signature: HTTPField.Name

    private init?(prefix: String) {
        guard let id = HTTPField.Name(prefix + "-id"), let timestamp = HTTPField.Name(prefix + "-timestamp"),
            let signature = HTTPField.Name(prefix + "-signature")
        else { return nil }
        (self.id, self.timestamp, self.signature) = (id, timestamp, signature)
    }

    private init(valid prefix: StaticString) {
        guard let names = Self(prefix: prefix.description) else {
            // No input reaches this trap: the initializer is private, and only the two constants below call it.
            preconditionFailure("a constant of this file is no field name")
        }
        self = names
    }

    /// The names of Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
    public static let standard = WebhookFieldNames(valid: "webhook")
    /// The names of Svix and Clerk: `svix-id`, `svix-timestamp`, `svix-signature`.
    public static let svix = WebhookFieldNames(valid: "svix")

    /// Returns true if any of the three is there.
    func occur(in fields: HTTPFields) -> Bool {
        fields.contains(id) || fields.contains(timestamp) || fields.contains(signature)
    }
}
