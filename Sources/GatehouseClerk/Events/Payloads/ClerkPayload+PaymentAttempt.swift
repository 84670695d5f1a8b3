public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// An attempt to be paid.
    public struct PaymentAttempt: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The id of the payment.
        public let paymentID: String?
        /// The id of the invoice.
        public let invoiceID: String?
        /// The id of the statement.
        public let statementID: String?
        /// Such as `pending`, `paid` or `failed`.
        public let status: String?
        /// Such as `checkout` or `recurring`.
        public let chargeType: String?
        /// Who pays.
        public let payer: Payer?
        /// The reason of the failure.
        public let failedReason: ClerkEventObject?
        /// The amounts to be paid.
        public let totals: ClerkEventObject?
        /// For what.
        public let items: [ClerkEventObject]
        /// When it was due.
        public let billing: Timestamp?
        /// When it was paid.
        public let paid: Timestamp?
        /// When it failed.
        public let failed: Timestamp?
        /// When it was made.
        public let created: Timestamp?
        /// When it was last changed.
        public let updated: Timestamp?
        /// Everything, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            paymentID = object.text("payment_id")
            invoiceID = object.text("invoice_id")
            statementID = object.text("statement_id")
            status = object.text("status")
            chargeType = object.text("charge_type")
            payer = object.object("payer").flatMap { try? Payer($0) }
            failedReason = object.object("failed_reason")
            totals = object.object("totals")
            items = object.objects("subscription_items")
            billing = object.time("billing_date")
            paid = object.time("paid_at")
            failed = object.time("failed_at")
            created = object.time("created_at")
            updated = object.time("updated_at")
            self.object = object
        }
    }
}
