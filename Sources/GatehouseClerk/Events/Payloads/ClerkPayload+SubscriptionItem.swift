public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A plan of a subscription.
    public struct SubscriptionItem: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The status, such as `active`, `canceled` or `ended`.
        public let status: String?
        /// The id of the subscription.
        public let subscriptionID: String?
        /// The id of the plan.
        public let planID: String?
        /// The plan's name in `has()`.
        public let planSlug: String?
        /// The plan's name for people.
        public let planName: String?
        /// The interval of payments: `month` or `annual`.
        public let interval: String?
        /// True if the item is a free trial.
        public let isFreeTrial: Bool?
        /// The payer.
        public let payer: Payer?
        /// The start of the paid period.
        public let periodStart: Timestamp?
        /// The end of the paid period.
        public let periodEnd: Timestamp?
        /// The time at which the item was made.
        public let created: Timestamp?
        /// The time of the last change of the item.
        public let updated: Timestamp?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            status = object.text("status")
            subscriptionID = object.text("subscription_id")
            planID = object.text("plan_id")
            planSlug = object.object("plan")?.text("slug")
            planName = object.object("plan")?.text("name")
            interval = object.text("interval")
            isFreeTrial = object.flag("is_free_trial")
            payer = object.object("payer").flatMap { try? Payer($0) }
            periodStart = object.time("period_start")
            periodEnd = object.time("period_end")
            created = object.time("created_at")
            updated = object.time("updated_at")
            self.object = object
        }
    }
}
