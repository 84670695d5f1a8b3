public import GatehouseRecords

// There is one constant for each type of event in Clerk's webhooks of 2025-04-15, and in its JavaScript SDK.

extension WebhookEventType {
    /// Returns a type of Clerk's events, for types without a constant.
    public static func clerk<Data: ClerkEventData>(_ name: String) -> Self where Payload == ClerkEvent<Data> {
        Self(name) { try ClerkEvent<Data>($0) }
    }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.User> {
    /// The type `user.created`.
    public static var userCreated: Self { .clerk("user.created") }
    /// The type `user.updated`.
    public static var userUpdated: Self { .clerk("user.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Deleted> {
    /// The type `user.deleted`.
    public static var userDeleted: Self { .clerk("user.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Session> {
    /// The type `session.created`.
    public static var sessionCreated: Self { .clerk("session.created") }
    /// The type `session.pending`.
    public static var sessionPending: Self { .clerk("session.pending") }
    /// The type `session.ended`.
    public static var sessionEnded: Self { .clerk("session.ended") }
    /// The type `session.removed`.
    public static var sessionRemoved: Self { .clerk("session.removed") }
    /// The type `session.revoked`.
    public static var sessionRevoked: Self { .clerk("session.revoked") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Organization> {
    /// The type `organization.created`.
    public static var organizationCreated: Self { .clerk("organization.created") }
    /// The type `organization.updated`.
    public static var organizationUpdated: Self { .clerk("organization.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Deleted> {
    /// The type `organization.deleted`.
    public static var organizationDeleted: Self { .clerk("organization.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Membership> {
    /// The type `organizationMembership.created`.
    public static var organizationMembershipCreated: Self { .clerk("organizationMembership.created") }
    /// The type `organizationMembership.updated`.
    public static var organizationMembershipUpdated: Self { .clerk("organizationMembership.updated") }
    /// The type `organizationMembership.deleted`.
    public static var organizationMembershipDeleted: Self { .clerk("organizationMembership.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Invitation> {
    /// The type `organizationInvitation.created`.
    public static var organizationInvitationCreated: Self { .clerk("organizationInvitation.created") }
    /// The type `organizationInvitation.accepted`.
    public static var organizationInvitationAccepted: Self { .clerk("organizationInvitation.accepted") }
    /// The type `organizationInvitation.revoked`.
    public static var organizationInvitationRevoked: Self { .clerk("organizationInvitation.revoked") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Domain> {
    /// The type `organizationDomain.created`.
    public static var organizationDomainCreated: Self { .clerk("organizationDomain.created") }
    /// The type `organizationDomain.updated`.
    public static var organizationDomainUpdated: Self { .clerk("organizationDomain.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Deleted> {
    /// The type `organizationDomain.deleted`.
    public static var organizationDomainDeleted: Self { .clerk("organizationDomain.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Role> {
    /// The type `role.created`.
    public static var roleCreated: Self { .clerk("role.created") }
    /// The type `role.updated`.
    public static var roleUpdated: Self { .clerk("role.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Deleted> {
    /// The type `role.deleted`.
    public static var roleDeleted: Self { .clerk("role.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Permission> {
    /// The type `permission.created`.
    public static var permissionCreated: Self { .clerk("permission.created") }
    /// The type `permission.updated`.
    public static var permissionUpdated: Self { .clerk("permission.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Deleted> {
    /// The type `permission.deleted`.
    public static var permissionDeleted: Self { .clerk("permission.deleted") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Email> {
    /// The type `email.created`.
    public static var emailCreated: Self { .clerk("email.created") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.SMS> {
    /// The type `sms.created`.
    public static var smsCreated: Self { .clerk("sms.created") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.WaitlistEntry> {
    /// The type `waitlistEntry.created`.
    public static var waitlistEntryCreated: Self { .clerk("waitlistEntry.created") }
    /// The type `waitlistEntry.updated`.
    public static var waitlistEntryUpdated: Self { .clerk("waitlistEntry.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.PaymentAttempt> {
    /// The type `paymentAttempt.created`.
    public static var paymentAttemptCreated: Self { .clerk("paymentAttempt.created") }
    /// The type `paymentAttempt.updated`.
    public static var paymentAttemptUpdated: Self { .clerk("paymentAttempt.updated") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.Subscription> {
    /// The type `subscription.created`.
    public static var subscriptionCreated: Self { .clerk("subscription.created") }
    /// The type `subscription.updated`.
    public static var subscriptionUpdated: Self { .clerk("subscription.updated") }
    /// The type `subscription.active`.
    public static var subscriptionActive: Self { .clerk("subscription.active") }
    /// The type `subscription.pastDue`.
    public static var subscriptionPastDue: Self { .clerk("subscription.pastDue") }
}

extension WebhookEventType where Payload == ClerkEvent<ClerkPayload.SubscriptionItem> {
    /// The type `subscriptionItem.created`.
    public static var subscriptionItemCreated: Self { .clerk("subscriptionItem.created") }
    /// The type `subscriptionItem.updated`.
    public static var subscriptionItemUpdated: Self { .clerk("subscriptionItem.updated") }
    /// The type `subscriptionItem.active`.
    public static var subscriptionItemActive: Self { .clerk("subscriptionItem.active") }
    /// The type `subscriptionItem.canceled`.
    public static var subscriptionItemCanceled: Self { .clerk("subscriptionItem.canceled") }
    /// The type `subscriptionItem.upcoming`.
    public static var subscriptionItemUpcoming: Self { .clerk("subscriptionItem.upcoming") }
    /// The type `subscriptionItem.ended`.
    public static var subscriptionItemEnded: Self { .clerk("subscriptionItem.ended") }
    /// The type `subscriptionItem.abandoned`.
    public static var subscriptionItemAbandoned: Self { .clerk("subscriptionItem.abandoned") }
    /// The type `subscriptionItem.incomplete`.
    public static var subscriptionItemIncomplete: Self { .clerk("subscriptionItem.incomplete") }
    /// The type `subscriptionItem.pastDue`.
    public static var subscriptionItemPastDue: Self { .clerk("subscriptionItem.pastDue") }
    /// The type `subscriptionItem.freeTrialEnding`.
    public static var subscriptionItemFreeTrialEnding: Self { .clerk("subscriptionItem.freeTrialEnding") }
}
