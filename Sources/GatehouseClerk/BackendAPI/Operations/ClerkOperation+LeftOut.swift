extension ClerkOperation {
    /// The operations of Clerk's document that the client does not send, by the beginnings of their paths, with the reasons.
    package static let leftOut: [(path: String, reason: String)] = [
        ("/public/interstitial", "A page for browsers."),
        ("/clients", "What a browser is signed in to. Sessions are listed by their user."),
        ("/email_addresses/{email_address_id}/", "A person proves an address in the front end."),
        ("/phone_numbers/{phone_number_id}/", "A person proves a number in the front end."),
        ("/templates", "Deprecated, and about the words of messages."),
        ("/billing", "Payments."),
        ("/users/{user_id}/billing", "Payments."),
        ("/organizations/{organization_id}/billing", "Payments."),
        ("/beta_features", "How the whole instance is set up: that is done in the dashboard."),
        ("/instance", "How the whole instance is set up: that is done in the dashboard."),
        ("/domains", "The domains of the application itself: that is done in the dashboard."),
        ("/proxy_checks", "The domains of the application itself: that is done in the dashboard."),
        ("/redirect_urls", "Addresses of native applications: that is done in the dashboard."),
        ("/webhooks", "Webhooks are set up in the dashboard."),
        ("/organizations/{organization_id}/invitations/pending", "Deprecated: invitations are listed by their status."),
        ("/sign_ups", "A sign-up under way belongs to the front end."),
        ("/oauth_applications", "OAuth clients are set up in the dashboard. Their tokens are verified and revoked."),
        ("/saml_connections", "Deprecated: enterprise connections took their place."),
        ("/scim_directories", "The older name of directories."),
        ("/waitlist_entries", "Who waits for a sign-up is no member of any tenant."),
        ("/agents", "Beta."),
    ]

    /// Returns the reason why the client does not send the operation at this path of the document; `nil` if no reason is listed.
    package static func reason(forLeavingOut path: String) -> String? {
        leftOut.filter { path.hasPrefix($0.path) }.max { $0.path.utf8.count < $1.path.utf8.count }?.reason
    }
}
