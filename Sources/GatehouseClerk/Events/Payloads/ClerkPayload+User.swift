public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A user.
    public struct User: ClerkEventData, Hashable {
        /// An email address of a user.
        public struct EmailAddress: Sendable, Hashable {
            /// The id; `nil` if the event does not contain it.
            public let id: String?
            /// The address.
            public let address: String
            /// True if the user has proved the address.
            public let isVerified: Bool
        }

        /// The id.
        public let id: String
        /// The id in the application's own system.
        public let externalID: String?
        /// The name that the user chose.
        public let username: String?
        /// The first name.
        public let firstName: String?
        /// The last name.
        public let lastName: String?
        /// An image's address.
        public let imageURL: String?
        /// The user's email addresses.
        public let emailAddresses: [EmailAddress]
        /// The primary address.
        public let primaryEmail: String?
        /// The metadata that the user may read.
        public let publicMetadata: JSONValue
        /// The metadata for servers.
        public let privateMetadata: JSONValue
        /// The metadata that the user may write.
        public let unsafeMetadata: JSONValue
        /// True if there is a password.
        public let isPasswordEnabled: Bool?
        /// True if there is a second factor.
        public let isTwoFactorEnabled: Bool?
        /// True if the user may not sign in.
        public let isBanned: Bool
        /// True if the user may not sign in until unlocked.
        public let isLocked: Bool
        /// True if the user's own organization took the account away.
        public let isDeprovisioned: Bool
        /// The time of the last change of the password.
        public let passwordChanged: Timestamp?
        /// The time of the last sign-in.
        public let lastSignIn: Timestamp?
        /// The time at which the user was created.
        public let created: Timestamp?
        /// The time of the last change of the user.
        public let updated: Timestamp?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            externalID = object.text("external_id")
            username = object.text("username")
            firstName = object.text("first_name")
            lastName = object.text("last_name")
            imageURL = object.text("image_url")
            emailAddresses = object.objects("email_addresses").compactMap { address in
                address.text("email_address").map {
                    let status = address.object("verification")?.text("status")
                    return EmailAddress(id: address.text("id"), address: $0, isVerified: status == "verified")
                }
            }
            let primary = object.text("primary_email_address_id")
            primaryEmail = emailAddresses.first { primary != nil && $0.id == primary }?.address
            publicMetadata = object.json("public_metadata")
            privateMetadata = object.json("private_metadata")
            unsafeMetadata = object.json("unsafe_metadata")
            isPasswordEnabled = object.flag("password_enabled")
            isTwoFactorEnabled = object.flag("two_factor_enabled")
            isBanned = object.flag("banned") ?? false
            isLocked = object.flag("locked") ?? false
            isDeprovisioned = object.flag("deprovisioned") ?? false
            passwordChanged = object.time("password_last_updated_at")
            lastSignIn = object.time("last_sign_in_at")
            created = object.time("created_at")
            updated = object.time("updated_at")
            self.object = object
        }

        /// The part that the directory keeps.
        var directoryUser: DirectoryUser {
            DirectoryUser(
                id,
                email: primaryEmail,
                firstName: firstName,
                lastName: lastName,
                username: username,
                imageURL: imageURL,
                created: created,
                updated: updated,
                publicMetadata: publicMetadata,
                isBanned: isBanned,
                isLocked: isLocked,
                isDeprovisioned: isDeprovisioned,
                passwordChanged: passwordChanged
            )
        }
    }
}
