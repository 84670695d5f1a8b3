public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A plan that a payer pays for regularly.
    public struct Subscription: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// Such as `active` or `past_due`.
        public let status: String?
        /// The id of the payer.
        public let payerID: String?
        /// Who pays.
        public let payer: Payer?
        /// The id of what is paid with.
        public let paymentSourceID: String?
        /// The id of the last payment.
        public let latestPaymentID: String?
        /// The items that are paid for.
        public let items: [SubscriptionItem]
        /// Since when it is active.
        public let active: Timestamp?
        /// When it was canceled.
        public let canceled: Timestamp?
        /// When it ended.
        public let ended: Timestamp?
        /// Since when a payment is missing.
        public let pastDue: Timestamp?
        /// When it was made.
        public let created: Timestamp?
        /// When it was last changed.
        public let updated: Timestamp?
        /// Everything, as it was sent.
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
