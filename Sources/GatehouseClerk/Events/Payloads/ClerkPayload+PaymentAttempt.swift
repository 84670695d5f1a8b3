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
        /// The status, such as `pending`, `paid` or `failed`.
        public let status: String?
        /// The type of the charge, such as `checkout` or `recurring`.
        public let chargeType: String?
        /// The payer.
        public let payer: Payer?
        /// The reason of the failure.
        public let failedReason: ClerkEventObject?
        /// The amounts to be paid.
        public let totals: ClerkEventObject?
        /// The items that are paid for.
        public let items: [ClerkEventObject]
        /// The date of billing.
        public let billing: Timestamp?
        /// The time of the payment.
        public let paid: Timestamp?
        /// The time of the failure.
        public let failed: Timestamp?
        /// The time at which the attempt was made.
        public let created: Timestamp?
        /// The time of the last change of the attempt.
        public let updated: Timestamp?
        /// The whole object, as it was sent.
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
