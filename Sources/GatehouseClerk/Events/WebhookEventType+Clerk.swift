public import GatehouseRecords

// The constants: one for each type of event in Clerk's webhooks of 2025-04-15, and in its JavaScript SDK.

extension WebhookEventType {
    /// Returns a type of Clerk's events, for types without a constant.
    public static func clerk<Data: ClerkEventData>(_ name: String) -> Self where Payload == ClerkEvent<Data> {
        Self(name) { try ClerkEvent<Data>($0) }
    }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.User> {
    /// `user.created`
    public static var userCreated: Self { .clerk("user.created") }
    /// `user.updated`
    public static var userUpdated: Self { .clerk("user.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Deleted> {
    /// `user.deleted`
    public static var userDeleted: Self { .clerk("user.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Session> {
    /// `session.created`
    public static var sessionCreated: Self { .clerk("session.created") }
    /// `session.pending`
    public static var sessionPending: Self { .clerk("session.pending") }
    /// `session.ended`
    public static var sessionEnded: Self { .clerk("session.ended") }
    /// `session.removed`
    public static var sessionRemoved: Self { .clerk("session.removed") }
    /// `session.revoked`
    public static var sessionRevoked: Self { .clerk("session.revoked") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Organization> {
    /// `organization.created`
    public static var organizationCreated: Self { .clerk("organization.created") }
    /// `organization.updated`
    public static var organizationUpdated: Self { .clerk("organization.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Deleted> {
    /// `organization.deleted`
    public static var organizationDeleted: Self { .clerk("organization.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Membership> {
    /// `organizationMembership.created`
    public static var organizationMembershipCreated: Self { .clerk("organizationMembership.created") }
    /// `organizationMembership.updated`
    public static var organizationMembershipUpdated: Self { .clerk("organizationMembership.updated") }
    /// `organizationMembership.deleted`
    public static var organizationMembershipDeleted: Self { .clerk("organizationMembership.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Invitation> {
    /// `organizationInvitation.created`
    public static var organizationInvitationCreated: Self { .clerk("organizationInvitation.created") }
    /// `organizationInvitation.accepted`
    public static var organizationInvitationAccepted: Self { .clerk("organizationInvitation.accepted") }
    /// `organizationInvitation.revoked`
    public static var organizationInvitationRevoked: Self { .clerk("organizationInvitation.revoked") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Domain> {
    /// `organizationDomain.created`
    public static var organizationDomainCreated: Self { .clerk("organizationDomain.created") }
    /// `organizationDomain.updated`
    public static var organizationDomainUpdated: Self { .clerk("organizationDomain.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Deleted> {
    /// `organizationDomain.deleted`
    public static var organizationDomainDeleted: Self { .clerk("organizationDomain.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Role> {
    /// `role.created`
    public static var roleCreated: Self { .clerk("role.created") }
    /// `role.updated`
    public static var roleUpdated: Self { .clerk("role.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Deleted> {
    /// `role.deleted`
    public static var roleDeleted: Self { .clerk("role.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Permission> {
    /// `permission.created`
    public static var permissionCreated: Self { .clerk("permission.created") }
    /// `permission.updated`
    public static var permissionUpdated: Self { .clerk("permission.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Deleted> {
    /// `permission.deleted`
    public static var permissionDeleted: Self { .clerk("permission.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Email> {
    /// `email.created`
    public static var emailCreated: Self { .clerk("email.created") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.SMS> {
    /// `sms.created`
    public static var smsCreated: Self { .clerk("sms.created") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.WaitlistEntry> {
    /// `waitlistEntry.created`
    public static var waitlistEntryCreated: Self { .clerk("waitlistEntry.created") }
    /// `waitlistEntry.updated`
    public static var waitlistEntryUpdated: Self { .clerk("waitlistEntry.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.PaymentAttempt> {
    /// `paymentAttempt.created`
    public static var paymentAttemptCreated: Self { .clerk("paymentAttempt.created") }
    /// `paymentAttempt.updated`
    public static var paymentAttemptUpdated: Self { .clerk("paymentAttempt.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Subscription> {
    /// `subscription.created`
    public static var subscriptionCreated: Self { .clerk("subscription.created") }
    /// `subscription.updated`
    public static var subscriptionUpdated: Self { .clerk("subscription.updated") }
    /// `subscription.active`
    public static var subscriptionActive: Self { .clerk("subscription.active") }
    /// `subscription.pastDue`
    public static var subscriptionPastDue: Self { .clerk("subscription.pastDue") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.SubscriptionItem> {
    /// `subscriptionItem.created`
    public static var subscriptionItemCreated: Self { .clerk("subscriptionItem.created") }
    /// `subscriptionItem.updated`
    public static var subscriptionItemUpdated: Self { .clerk("subscriptionItem.updated") }
    /// `subscriptionItem.active`
    public static var subscriptionItemActive: Self { .clerk("subscriptionItem.active") }
    /// `subscriptionItem.canceled`
    public static var subscriptionItemCanceled: Self { .clerk("subscriptionItem.canceled") }
    /// `subscriptionItem.upcoming`
    public static var subscriptionItemUpcoming: Self { .clerk("subscriptionItem.upcoming") }
    /// `subscriptionItem.ended`
    public static var subscriptionItemEnded: Self { .clerk("subscriptionItem.ended") }
    /// `subscriptionItem.abandoned`
    public static var subscriptionItemAbandoned: Self { .clerk("subscriptionItem.abandoned") }
    /// `subscriptionItem.incomplete`
    public static var subscriptionItemIncomplete: Self { .clerk("subscriptionItem.incomplete") }
    /// `subscriptionItem.pastDue`
    public static var subscriptionItemPastDue: Self { .clerk("subscriptionItem.pastDue") }
    /// `subscriptionItem.freeTrialEnding`
    public static var subscriptionItemFreeTrialEnding: Self { .clerk("subscriptionItem.freeTrialEnding") }
}
