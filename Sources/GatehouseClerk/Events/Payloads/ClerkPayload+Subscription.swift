public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A plan that a payer pays for regularly.
    public struct Subscription: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The status, such as `active` or `past_due`.
        public let status: String?
        /// The id of the payer.
        public let payerID: String?
        /// The payer.
        public let payer: Payer?
        /// The id of the source of payment.
        public let paymentSourceID: String?
        /// The id of the last payment.
        public let latestPaymentID: String?
        /// The items that are paid for.
        public let items: [SubscriptionItem]
        /// The time since which the subscription is active.
        public let active: Timestamp?
        /// The time at which the subscription was canceled.
        public let canceled: Timestamp?
        /// The time at which the subscription ended.
        public let ended: Timestamp?
        /// The time since which a payment is overdue.
        public let pastDue: Timestamp?
        /// The time at which the subscription was made.
        public let created: Timestamp?
        /// The time of the last change of the subscription.
        public let updated: Timestamp?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            status = object.text("status")
            payerID = object.text("payer_id")
            payer = object.object("payer").flatMap { try? Payer($0) }
            paymentSourceID = object.text("payment_source_id")
            latestPaymentID = object.text("latest_payment_id")
            items = object.objects("items").compactMap { try? SubscriptionItem($0) }
            active = object.time("active_at")
            canceled = object.time("canceled_at")
            ended = object.time("ended_at")
            pastDue = object.time("past_due_at")
            created = object.time("created_at")
            updated = object.time("updated_at")
            self.object = object
        }
    }
}
